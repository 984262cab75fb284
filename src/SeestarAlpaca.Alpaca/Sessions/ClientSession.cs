using System.Net;
using SeestarAlpaca.Alpaca.Contracts;

namespace SeestarAlpaca.Alpaca.Sessions;

/// <summary>One driver object and who uses it. What changes is guarded by the lock of the <see cref="SessionTable{TDriver}"/>.</summary>
/// <param name="driver">Owned by the session.</param>
/// <param name="address">Where the client that opened it is.</param>
/// <param name="now">Timestamp of the opening.</param>
internal sealed class ClientSession<TDriver>(TDriver driver, IPAddress address, long now)
    where TDriver : IAscomDeviceV2
{
    public TDriver Driver { get; } = driver;

    public IPAddress Address { get; } = address;

    /// <summary>Keys that connected and have not disconnected; the session ends with the last.</summary>
    public int Members { get; set; }

    /// <summary>Requests that are at work with the driver at this moment.</summary>
    public int Uses { get; set; }

    /// <summary>Nobody can join any more.</summary>
    public bool Ended { get; set; }

    /// <summary>The driver is to be disposed as soon as nobody uses it.</summary>
    public bool Discarded { get; set; }

    /// <summary>The driver was handed over for disposal.</summary>
    public bool Collected { get; set; }

    /// <summary>Timestamp of the last request.</summary>
    public long LastUsed { get; set; } = now;

    /// <summary>Whether the driver says that it is connected. Runs foreign code: never under the lock.</summary>
    public bool IsConnected => Says(d => d.Connected, ifRefused: false);

    /// <summary>Whether connecting or disconnecting is under way. Reading may be the one report of a failure, so it is asked only when needed.</summary>
    public bool IsConnecting(bool ifRefused) => Says(d => d.Connecting, ifRefused);

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

/// <summary>What the server remembers of one client key at one device.</summary>
internal sealed class Seat<TDriver>(long now)
    where TDriver : IAscomDeviceV2
{
    /// <summary>Connecting and disconnecting of one client follow one another, so that the state asked for last is the one that stays.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    public SeatState State { get; set; } = SeatState.Unknown;

    /// <summary>The session that requests go to. For <see cref="SeatState.Away"/> the ended one while it is still disconnecting, else null.</summary>
    public ClientSession<TDriver>? Session { get; set; }

    /// <summary>Connects and disconnects at work or waiting; the seat cannot be forgotten meanwhile.</summary>
    public int Turns { get; set; }

    public long LastSeen { get; set; } = now;
}

/// <summary>How a client key stands to a session.</summary>
internal enum SeatState
{
    /// <summary>Never seen, or what it watched has ended.</summary>
    Unknown,

    /// <summary>Uses a session that another key connected.</summary>
    Watching,

    /// <summary>Connected, and not disconnected since.</summary>
    Connected,

    /// <summary>Disconnected until it connects again.</summary>
    Away,
}

/// <summary>A request's hold on a session; the driver is not disposed before it ends.</summary>
internal sealed class SessionUse<TDriver>(SessionTable<TDriver> table, ClientSession<TDriver> session) : IDisposable
    where TDriver : IAscomDeviceV2
{
    public TDriver Driver => session.Driver;

    public void Dispose() => table.Release(session);
}
