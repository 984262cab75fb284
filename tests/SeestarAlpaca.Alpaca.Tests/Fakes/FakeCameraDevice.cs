using System.Collections.Concurrent;
using System.Net;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Devices;

namespace SeestarAlpaca.Alpaca.Tests.Fakes;

/// <summary>Opens fake cameras, and remembers them.</summary>
internal sealed class FakeCameraDevice(uint number = 0) : ICameraDevice
{
    private readonly ConcurrentQueue<FakeCamera> _opened = new();

    public uint Number { get; } = number;

    public string Name { get; init; } = "Fake camera";

    public string UniqueId { get; init; } = $"fake-{number}";

    public short InterfaceVersion { get; init; } = 4;

    /// <summary>The boolean members that are true.</summary>
    public HashSet<string> Abilities { get; } = [];

    public bool Streams { get; init; }

    public Action<FakeCamera, bool>? OnConnected { get; set; }

    public Action<FakeCamera>? OnConnect { get; set; }

    public Action<FakeCamera>? OnDisconnect { get; set; }

    public Action? OnExposure { get; set; }

    public Action<FakeCamera>? OnOpen { get; set; }

    public IReadOnlyList<FakeCamera> Opened => [.. _opened];

    public ICameraV4 Open(IPAddress client)
    {
        var camera = Streams ? new FakeStreamingCamera(this) : new FakeCamera(this);
        OnOpen?.Invoke(camera);
        _opened.Enqueue(camera);
        return camera;
    }
}

internal sealed class FakeCatalog(params IAlpacaDevice[] devices) : IDeviceCatalog
{
    public IReadOnlyList<IAlpacaDevice> Devices { get; set; } = devices;
}
