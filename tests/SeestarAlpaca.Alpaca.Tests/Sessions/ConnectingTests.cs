using SeestarAlpaca.Alpaca.Contracts;
using static SeestarAlpaca.Alpaca.Tests.Sessions.SessionBench;

namespace SeestarAlpaca.Alpaca.Tests.Sessions;

/// <summary>Who gets which camera object by connecting and disconnecting (design.md §3.5).</summary>
public sealed class ConnectingTests : IDisposable
{
    private readonly SessionBench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Two_clients_of_one_address_have_cameras_of_their_own()
    {
        await _bench.ConnectAsync(Key(1));
        await _bench.ConnectAsync(Key(2));

        _bench.CameraOf(Key(1)).BinX = 2;

        Assert.Equal((2, 1), (_bench.CameraOf(Key(1)).BinX, _bench.CameraOf(Key(2)).BinX));
    }

    [Fact]
    public async Task The_same_ClientID_at_another_address_is_another_client()
    {
        await _bench.ConnectAsync(Key(1, "192.168.1.5"));
        await _bench.ConnectAsync(Key(1, "192.168.1.6"));

        Assert.NotSame(_bench.CameraOf(Key(1, "192.168.1.5")), _bench.CameraOf(Key(1, "192.168.1.6")));
    }

    [Fact]
    public async Task Connecting_again_while_connected_resets_nothing()
    {
        await _bench.ConnectAsync(Key(1));
        var camera = _bench.CameraOf(Key(1));

        await _bench.ConnectAsync(Key(1));
        await _bench.StartConnectingAsync(Key(1));

        Assert.Same(camera, _bench.CameraOf(Key(1)));
        Assert.Equal(["Connected=True"], camera.Calls);
    }

    [Fact]
    public async Task Connecting_after_disconnecting_gives_a_fresh_camera_and_disposes_the_old_one()
    {
        await _bench.ConnectAsync(Key(1));
        var old = _bench.CameraOf(Key(1));

        await _bench.DisconnectAsync(Key(1));
        await _bench.ConnectAsync(Key(1));

        Assert.NotSame(old, _bench.CameraOf(Key(1)));
        Assert.Equal(["Connected=True", "Connected=False"], old.Calls);
        await old.Disposed.WaitAsync(Token);
    }

    [Fact]
    public async Task Disconnecting_ends_ones_own_session_only()
    {
        await _bench.ConnectAsync(Key(1));
        await _bench.ConnectAsync(Key(2));

        await _bench.DisconnectAsync(Key(2));

        Assert.Equal((true, false), (_bench.IsConnected(Key(1)), _bench.IsConnected(Key(2))));
    }

    [Fact]
    public async Task A_client_that_disconnected_stays_so_although_others_of_its_address_are_connected()
    {
        await _bench.ConnectAsync(Key(1));
        await _bench.ConnectAsync(Key(2));
        await _bench.DisconnectAsync(Key(2));
        await _bench.ConnectAsync(Key(3));

        Assert.False(_bench.IsConnected(Key(2)));

        await _bench.ConnectAsync(Key(2));
        Assert.True(_bench.IsConnected(Key(2)));
    }

    [Fact]
    public async Task Disconnecting_twice_or_without_ever_connecting_is_no_error()
    {
        await _bench.ConnectAsync(Key(1));
        await _bench.DisconnectAsync(Key(1));
        await _bench.DisconnectAsync(Key(1));
        await _bench.StartDisconnectingAsync(Key(2));

        Assert.Equal((false, false), (_bench.IsConnected(Key(1)), _bench.IsConnected(Key(2))));
        Assert.Equal(["Connected=True", "Connected=False"], _bench.Device.Opened[0].Calls);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(7u)]
    public async Task A_client_never_seen_that_disconnects_is_away_itself_and_ends_nobody_elses_session(uint id)
    {
        await _bench.ConnectAsync(Key(1));

        await _bench.DisconnectAsync(Key(id));

        Assert.Equal((true, false), (_bench.IsConnected(Key(1)), _bench.IsConnected(Key(id))));
    }

    [Fact]
    public async Task Without_ClientID_one_joins_the_newest_session_of_the_address()
    {
        await _bench.ConnectAsync(Key(1));
        await _bench.ConnectAsync(Key(2));
        await _bench.ConnectAsync(Key(3, "192.168.1.6"));

        await _bench.ConnectAsync(Key(0));

        Assert.Same(_bench.CameraOf(Key(2)), _bench.CameraOf(Key(0)));
    }

    [Fact]
    public async Task Without_ClientID_one_opens_a_session_where_there_is_none_to_join()
    {
        await _bench.ConnectAsync(Key(3, "192.168.1.6"));

        await _bench.ConnectAsync(Key(0));

        Assert.NotSame(_bench.CameraOf(Key(3, "192.168.1.6")), _bench.CameraOf(Key(0)));
        Assert.True(_bench.IsConnected(Key(0)));
    }

    [Fact]
    public async Task One_who_joined_leaves_the_session_to_the_one_who_opened_it()
    {
        await _bench.ConnectAsync(Key(1));
        await _bench.ConnectAsync(Key(0));

        await _bench.DisconnectAsync(Key(0));

        Assert.Equal((true, false), (_bench.IsConnected(Key(1)), _bench.IsConnected(Key(0))));
    }

    [Fact]
    public async Task One_who_joined_keeps_the_session_when_the_one_who_opened_it_leaves()
    {
        await _bench.ConnectAsync(Key(1));
        await _bench.ConnectAsync(Key(0));

        await _bench.DisconnectAsync(Key(1));

        Assert.Equal((false, true), (_bench.IsConnected(Key(1)), _bench.IsConnected(Key(0))));
        await _bench.DisconnectAsync(Key(0));
        Assert.Equal(0, _bench.ConnectedCameras);
    }

    [Fact]
    public async Task A_refused_connection_is_reported_and_does_not_count()
    {
        _bench.Device.OnConnected = (_, _) => throw DriverException.DeviceFailure("The telescope does not answer; switch it on.");

        var refusal = await Assert.ThrowsAsync<DriverException>(() => _bench.ConnectAsync(Key(1)));

        Assert.Equal((0x500, "The telescope does not answer; switch it on."), (refusal.Number, refusal.Message));
        Assert.False(_bench.IsConnected(Key(1)));
        await _bench.Device.Opened[0].Disposed.WaitAsync(Token);
        _bench.Device.OnConnected = null;
        await _bench.ConnectAsync(Key(1));
        Assert.True(_bench.IsConnected(Key(1)));
    }

    [Fact]
    public async Task A_client_whose_connection_was_refused_does_not_use_somebody_elses_session()
    {
        await _bench.ConnectAsync(Key(1));
        _bench.Device.OnConnected = (_, _) => throw DriverException.DeviceFailure("No.");

        await Assert.ThrowsAsync<DriverException>(() => _bench.ConnectAsync(Key(2)));

        Assert.Equal((true, false), (_bench.IsConnected(Key(1)), _bench.IsConnected(Key(2))));
    }

    [Fact]
    public async Task Asynchronous_connecting_is_told_by_the_clients_own_camera()
    {
        _bench.Device.OnConnect = camera => camera.IsConnecting = true;

        await _bench.StartConnectingAsync(Key(1));

        var camera = _bench.CameraOf(Key(1));
        Assert.Equal((true, false), (camera.Connecting, camera.Connected));
        camera.Finish(connected: true);
        Assert.Equal((false, true), (_bench.CameraOf(Key(1)).Connecting, _bench.IsConnected(Key(1))));
    }

    [Fact]
    public async Task An_error_of_asynchronous_connecting_is_told_on_reading_and_connecting_again_starts_afresh()
    {
        _bench.Device.OnConnect = camera => camera.ConnectingError = DriverException.DeviceFailure("Unreachable.");
        await _bench.StartConnectingAsync(Key(1));
        var failed = _bench.CameraOf(Key(1));
        Assert.Throws<DriverException>(() => failed.Connecting);
        Assert.False(_bench.IsConnected(Key(1)));

        _bench.Device.OnConnect = null;
        await _bench.StartConnectingAsync(Key(1));

        Assert.True(_bench.IsConnected(Key(1)));
        await failed.Disposed.WaitAsync(Token);
    }

    [Fact]
    public async Task A_session_whose_asynchronous_connecting_failed_is_not_joined_by_others()
    {
        await _bench.ConnectAsync(Key(1));
        _bench.Device.OnConnect = camera => camera.ConnectingError = DriverException.DeviceFailure("Unreachable.");
        await _bench.StartConnectingAsync(Key(2));

        await _bench.ConnectAsync(Key(0));

        Assert.Same(_bench.CameraOf(Key(1)), _bench.CameraOf(Key(0)));
        Assert.Same(_bench.CameraOf(Key(1)), _bench.CameraOf(Key(99)));
    }

    [Fact]
    public async Task Waiting_for_a_connection_under_way_uses_the_same_camera()
    {
        _bench.Device.OnConnect = camera => camera.IsConnecting = true;
        _bench.Device.OnConnected = (camera, connected) => camera.Finish(connected);
        await _bench.StartConnectingAsync(Key(1));

        await _bench.ConnectAsync(Key(1));

        Assert.Equal(["Connect", "Connected=True"], _bench.CameraOf(Key(1)).Calls);
        Assert.True(_bench.IsConnected(Key(1)));
    }

    [Fact]
    public async Task Disconnecting_under_way_is_told_by_the_camera_that_disconnects()
    {
        _bench.Device.OnDisconnect = camera => camera.IsConnecting = true;
        await _bench.ConnectAsync(Key(1));
        var camera = _bench.CameraOf(Key(1));

        await _bench.StartDisconnectingAsync(Key(1));

        Assert.Same(camera, _bench.CameraOf(Key(1)));
        Assert.True(_bench.CameraOf(Key(1)).Connecting);
        camera.Finish(connected: false);
        Assert.Equal((false, false), (_bench.CameraOf(Key(1)).Connecting, _bench.IsConnected(Key(1))));
    }

    [Fact]
    public async Task A_burst_of_disconnects_and_connects_ends_connected_with_the_last_camera_alone()
    {
        _bench.Device.OnConnect = camera => camera.IsConnecting = true;
        _bench.Device.OnDisconnect = camera => camera.IsConnecting = true;
        await _bench.ConnectAsync(Key(1));

        var burst = Enumerable.Range(0, 4).Select(_ => _bench.StartDisconnectingAsync(Key(1)))
            .Concat(Enumerable.Range(0, 4).Select(_ => _bench.StartConnectingAsync(Key(1))))
            .ToArray();
        await Task.WhenAll(burst);

        var last = _bench.CameraOf(Key(1));
        last.Finish(connected: true);
        Assert.Equal(["Connect"], last.Calls);
        Assert.Equal(["Connected=True", "Disconnect"], _bench.Device.Opened[0].Calls);
        Assert.Equal(2, _bench.Device.Opened.Count);
        Assert.True(_bench.IsConnected(Key(1)));
        await _bench.Device.Opened[0].Disposed.WaitAsync(Token);
    }

    [Fact]
    public async Task What_was_asked_for_last_stays_when_the_first_takes_long()
    {
        using var release = new ManualResetEventSlim();
        _bench.Device.OnConnected = (_, connected) => Assert.True(!connected || release.Wait(TimeSpan.FromSeconds(30), Token));
        var connecting = _bench.ConnectAsync(Key(1));
        var disconnecting = _bench.DisconnectAsync(Key(1));

        release.Set();
        await Task.WhenAll(connecting, disconnecting);

        Assert.False(_bench.IsConnected(Key(1)));
        Assert.Equal(0, _bench.ConnectedCameras);
    }

    [Fact]
    public async Task The_seventeenth_session_is_refused_with_a_sentence_and_fits_once_another_has_left()
    {
        for (uint id = 1; id <= 16; id++)
        {
            await _bench.ConnectAsync(Key(id));
        }

        var refusal = await Assert.ThrowsAsync<DriverException>(() => _bench.ConnectAsync(Key(17)));
        await _bench.DisconnectAsync(Key(5));
        await _bench.ConnectAsync(Key(17));

        Assert.Equal(0x40B, refusal.Number);
        Assert.Contains("16 programs", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(16, _bench.ConnectedCameras);
    }

    [Fact]
    public async Task A_session_that_is_not_connected_makes_room_for_another()
    {
        _bench.Device.OnConnect = camera => camera.ConnectingError = DriverException.DeviceFailure("Unreachable.");
        for (uint id = 1; id <= 16; id++)
        {
            await _bench.StartConnectingAsync(Key(id));
        }

        await _bench.ConnectAsync(Key(17));

        Assert.True(_bench.IsConnected(Key(17)));
    }

    [Fact]
    public async Task Sessions_that_are_opened_at_the_same_time_do_not_exceed_the_limit()
    {
        var connects = Enumerable.Range(1, 40).Select(id => _bench.ConnectAsync(Key((uint)id))).ToArray();

        await Task.WhenAll(connects).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal((16, 24), (connects.Count(c => c.IsCompletedSuccessfully), connects.Count(c => c.IsFaulted)));
        Assert.Equal(16, _bench.ConnectedCameras);
    }
}
