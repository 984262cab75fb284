using System.Net;
using SeestarAlpaca.Alpaca.Contracts;

namespace SeestarAlpaca.Alpaca.Sessions;

/// <summary>One driver object and who uses it.</summary>
/// <remarks>Guarded by the lock of the <see cref="SessionTable{TDriver}"/>, except for what asks the driver.</remarks>
/// <param name="driver">Owned by the session.</param>
/// <param name="address">Where the client that opened it is.</param>
internal sealed class ClientSession<TDriver>(TDriver driver, IPAddress address, TimeProvider time, DriverDisposal disposal)
    where TDriver : IAscomDeviceV2
{
    /// <summary>A session that nobody used for this long ends.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(15);

    private long _lastUsed = time.GetTimestamp();
    private int _uses;
    private bool _discarded;
    private bool _collected;

    public TDriver Driver { get; } = driver;

    public IPAddress Address { get; } = address;

    /// <summary>Keys that connected and have not disconnected; the session ends with the last.</summary>
    public int Members { get; set; }

    /// <summary>Nobody can join any more, though the driver may still be disconnecting.</summary>
    public bool Ended { get; set; }

    /// <summary>Whether the driver is, or will be as soon as nobody uses it, disposed.</summary>
    public bool IsDiscarded => _discarded;

    public bool IsSilent => _uses == 0 && time.GetElapsedTime(_lastUsed) >= Silence;

    /// <summary>Whether the driver says that it is connected. Runs foreign code: never under the lock.</summary>
    public bool IsConnected => Says(d => d.Connected, ifRefused: false);

    /// <summary>Whether connecting or disconnecting is under way. Reading may be the one report of a failure, so it is asked only when needed.</summary>
    public bool IsConnecting(bool ifRefused) => Says(d => d.Connecting, ifRefused);

    /// <summary>Begins a use: until <see cref="Release"/> the driver is not disposed.</summary>
    /// <param name="looking">A mere look does not count against silence.</param>
    public ClientSession<TDriver> Take(bool looking = false)
    {
        _uses++;
        _lastUsed = looking ? _lastUsed : time.GetTimestamp();
        return this;
    }

    /// <summary>Ends a use. After the last one a discarded driver is disposed.</summary>
    public void Release(bool looking = false)
    {
        _uses--;
        _lastUsed = looking ? _lastUsed : time.GetTimestamp();
        Collect();
    }

    /// <summary>Ends the session and disposes the driver as soon as nobody uses it.</summary>
    public void Discard()
    {
        Ended = true;
        _discarded = true;
        Collect();
    }

    private void Collect()
    {
        if (_discarded && !_collected && _uses == 0)
        {
            _collected = true;
            disposal.Add(Driver);
        }
    }

    private bool Says(Func<TDriver, bool> question, bool ifRefused)
    {
        try
        {
            return question(Driver);
        }
        catch (Exception)
        {
            // A refusal as well as a fault: the client learns of either when it asks itself.
            return ifRefused;
        }
    }
}

/// <summary>A request's hold on a session; the driver is not disposed before it ends.</summary>
internal sealed class SessionUse<TDriver>(SessionTable<TDriver> table, ClientSession<TDriver> session) : IDisposable
    where TDriver : IAscomDeviceV2
{
    public TDriver Driver => session.Driver;

    public void Dispose() => table.Release(session);
}
