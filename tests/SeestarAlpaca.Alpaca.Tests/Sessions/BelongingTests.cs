using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Sessions;
using SeestarAlpaca.Alpaca.Tests.Fakes;
using static SeestarAlpaca.Alpaca.Tests.Sessions.SessionBench;

namespace SeestarAlpaca.Alpaca.Tests.Sessions;

/// <summary>Which camera object other requests belong to, and how sessions end by themselves (design.md §3.5).</summary>
public sealed class BelongingTests : IDisposable
{
    private static readonly TimeSpan AlmostSilent = TimeSpan.FromMinutes(14.9);

    private readonly SessionBench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Without_any_session_an_unconnected_camera_answers()
    {
        Assert.False(_bench.IsConnected(Key(1)));
        Assert.Same(_bench.CameraOf(Key(1)), _bench.CameraOf(Key(2, "192.168.1.6")));
        Assert.Single(_bench.Device.Opened);
    }

    [Fact]
    public async Task A_client_never_seen_uses_the_newest_session_of_its_address()
    {
        await _bench.ConnectAsync(Key(1));
        await _bench.ConnectAsync(Key(2));
        await _bench.ConnectAsync(Key(3, "192.168.1.6"));

        Assert.Same(_bench.CameraOf(Key(2)), _bench.CameraOf(Key(77)));
        Assert.Same(_bench.CameraOf(Key(2)), _bench.CameraOf(Key(0)));
        Assert.False(_bench.IsConnected(Key(77, "192.168.1.7")));
    }

    [Fact]
    public async Task A_client_that_watches_stays_with_its_session_when_another_program_connects()
    {
        await _bench.ConnectAsync(Key(1));
        var camera = _bench.CameraOf(Key(2));

        await _bench.ConnectAsync(Key(50));

        Assert.Same(camera, _bench.CameraOf(Key(2)));
    }

    [Fact]
    public async Task A_client_that_watches_follows_when_the_one_it_watched_connects_anew()
    {
        await _bench.ConnectAsync(Key(1));
        Assert.True(_bench.IsConnected(Key(2)));

        await _bench.DisconnectAsync(Key(1));
        Assert.False(_bench.IsConnected(Key(2)));
        await _bench.ConnectAsync(Key(1));

        Assert.Same(_bench.CameraOf(Key(1)), _bench.CameraOf(Key(2)));
    }

    [Fact]
    public async Task A_client_that_watched_gets_a_camera_of_its_own_by_connecting()
    {
        await _bench.ConnectAsync(Key(1));
        Assert.Same(_bench.CameraOf(Key(1)), _bench.CameraOf(Key(2)));

        await _bench.ConnectAsync(Key(2));

        Assert.NotSame(_bench.CameraOf(Key(1)), _bench.CameraOf(Key(2)));
    }

    [Fact]
    public async Task A_session_ends_after_a_quarter_of_an_hour_of_silence()
    {
        await _bench.ConnectAsync(Key(1));
        var camera = _bench.CameraOf(Key(1));

        _bench.Clock.Advance(AlmostSilent);
        Assert.True(_bench.IsConnected(Key(1)));
        _bench.Clock.Advance(ClientSession<ICameraV4>.Silence + ClientSessions<ICameraV4>.SweepInterval);

        await camera.Disposed.WaitAsync(Token);
        Assert.False(_bench.IsConnected(Key(1)));
    }

    [Fact]
    public async Task A_silent_session_is_over_even_before_it_is_swept()
    {
        await _bench.ConnectAsync(Key(1));
        _bench.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True(_bench.IsConnected(Key(1)));

        _bench.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.False(_bench.IsConnected(Key(1)));
    }

    [Fact]
    public async Task A_client_that_fell_silent_does_not_use_somebody_elses_session_afterwards()
    {
        await _bench.ConnectAsync(Key(1));
        _bench.Clock.Advance(TimeSpan.FromMinutes(10));
        await _bench.ConnectAsync(Key(2));
        _bench.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal((false, true), (_bench.IsConnected(Key(1)), _bench.IsConnected(Key(2))));
    }

    [Fact]
    public async Task Who_watches_keeps_a_session_alive_but_looking_for_one_does_not()
    {
        await _bench.ConnectAsync(Key(1));
        await _bench.ConnectAsync(Key(3));
        Assert.Same(_bench.CameraOf(Key(3)), _bench.CameraOf(Key(2)));
        for (uint minute = 1; minute <= 20; minute++)
        {
            _bench.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.True(_bench.IsConnected(Key(2)));
            Assert.True(_bench.IsConnected(Key(1000 + minute)));
        }

        Assert.Equal((false, true), (_bench.IsConnected(Key(1)), _bench.IsConnected(Key(3))));
    }

    [Fact]
    public async Task A_request_at_work_keeps_its_camera_from_being_disposed()
    {
        await _bench.ConnectAsync(Key(1));
        var use = _bench.Enter(Key(1));
        var camera = (FakeCamera)use.Driver;

        _bench.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(_bench.IsConnected(Key(1)));
        await _bench.DisconnectAsync(Key(1));
        await _bench.ConnectAsync(Key(1));
        await _bench.DisconnectAsync(Key(1));
        await _bench.Device.Opened[1].Disposed.WaitAsync(Token);
        Assert.False(camera.Disposed.IsCompleted);

        use.Dispose();
        await camera.Disposed.WaitAsync(Token);
    }

    [Fact]
    public async Task Sessions_of_a_device_that_left_the_catalog_end()
    {
        await _bench.ConnectAsync(Key(1));
        var (connected, unconnected) = (_bench.CameraOf(Key(1)), _bench.CameraOf(Key(1, "192.168.1.9")));

        _bench.Catalog.Devices = [];
        _bench.Clock.Advance(ClientSessions<ICameraV4>.SweepInterval);

        await connected.Disposed.WaitAsync(Token);
        await unconnected.Disposed.WaitAsync(Token);
    }

    [Fact]
    public async Task Sessions_end_when_the_catalog_puts_another_device_in_the_place_of_theirs()
    {
        await _bench.ConnectAsync(Key(1));

        _bench.Catalog.Devices = [new FakeCameraDevice { Name = "Replaced" }];
        _bench.Clock.Advance(ClientSessions<ICameraV4>.SweepInterval);

        Assert.False(_bench.IsConnected(Key(1)));
    }

    [Fact]
    public async Task When_the_server_stops_every_camera_is_disposed()
    {
        await _bench.ConnectAsync(Key(1));
        await _bench.ConnectAsync(Key(2));
        Assert.False(_bench.IsConnected(Key(1, "192.168.1.9")));

        await _bench.Sessions.DisposeAsync();

        Assert.Equal(3, _bench.Device.Opened.Count);
        Assert.All(_bench.Device.Opened, c => Assert.Equal(1, c.Disposals));
    }

    [Fact]
    public async Task Countless_ClientIDs_do_not_push_out_those_that_are_connected()
    {
        await _bench.ConnectAsync(Key(1));
        await _bench.ConnectAsync(Key(2));
        await _bench.DisconnectAsync(Key(2));

        for (uint id = 1000; id < 1000 + Seats<ICameraV4>.Max - 2; id++)
        {
            Assert.True(_bench.IsConnected(Key(id)));
        }

        Assert.False(_bench.IsConnected(Key(2)));
        for (uint id = 2000; id < 2000 + (2 * Seats<ICameraV4>.Max); id++)
        {
            Assert.True(_bench.IsConnected(Key(id)));
        }

        Assert.True(_bench.IsConnected(Key(1)));
    }

    [Fact]
    public async Task Clients_that_do_everything_at_once_leave_nothing_behind()
    {
        var seed = 4711;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(id => Task.Run(() => WorkAsync((uint)id, new Random(seed + id)), Token)));

        for (uint id = 0; id < 8; id++)
        {
            await _bench.DisconnectAsync(Key(id));
        }

        Assert.Equal(0, _bench.ConnectedCameras);
        await _bench.Sessions.DisposeAsync();
        Assert.All(_bench.Device.Opened, c => Assert.Equal(1, c.Disposals));
    }

    private async Task WorkAsync(uint id, Random random)
    {
        for (var step = 0; step < 200; step++)
        {
            var work = random.Next(6) switch
            {
                0 => _bench.ConnectAsync(Key(id)),
                1 => _bench.StartConnectingAsync(Key(id)),
                2 => _bench.DisconnectAsync(Key(id)),
                3 => _bench.StartDisconnectingAsync(Key(id)),
                _ => Task.FromResult(_bench.IsConnected(Key(id))),
            };
            await work;
        }
    }
}
