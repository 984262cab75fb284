using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Sessions;
using SeestarAlpaca.Alpaca.Tests.Fakes;

namespace SeestarAlpaca.Alpaca.Tests.Sessions;

/// <summary>The sessions of one fake camera under a clock that stands still, and short words for what clients do.</summary>
internal sealed class SessionBench : IDisposable
{
    public SessionBench()
    {
        Catalog = new FakeCatalog(Device);
        Sessions = new ClientSessions<ICameraV4>(Catalog, Clock, NullLogger.Instance);
    }

    public ManualTimeProvider Clock { get; } = new();

    public FakeCameraDevice Device { get; } = new();

    public FakeCatalog Catalog { get; }

    public ClientSessions<ICameraV4> Sessions { get; }

    /// <summary>How many of the cameras opened so far say that they are connected.</summary>
    public int ConnectedCameras => Device.Opened.Count(c => c.Connected);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ClientKey Key(uint id, string address = "192.168.1.5") => ClientKey.Of(IPAddress.Parse(address), id);

    /// <summary>PUT connected, true.</summary>
    public Task ConnectAsync(ClientKey key) => Of().ConnectAsync(Device, key, wait: true, Token);

    /// <summary>PUT connect.</summary>
    public Task StartConnectingAsync(ClientKey key) => Of().ConnectAsync(Device, key, wait: false, Token);

    /// <summary>PUT connected, false.</summary>
    public Task DisconnectAsync(ClientKey key) => Of().DisconnectAsync(key, wait: true, Token);

    /// <summary>PUT disconnect.</summary>
    public Task StartDisconnectingAsync(ClientKey key) => Of().DisconnectAsync(key, wait: false, Token);

    /// <summary>GET connected, or any other read.</summary>
    public bool IsConnected(ClientKey key)
    {
        using var use = Of().Enter(Device, key);
        return use.Driver.Connected;
    }

    public FakeCamera CameraOf(ClientKey key)
    {
        using var use = Of().Enter(Device, key);
        return (FakeCamera)use.Driver;
    }

    public SessionUse<ICameraV4> Enter(ClientKey key) => Of().Enter(Device, key);

    public void Dispose() => Sessions.Dispose();

    private DeviceSessions<ICameraV4> Of() => Sessions.Of(Device);
}
