using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Cameras;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Seestar.Tests.Session;
using SeestarAlpaca.Tests.Support;

namespace SeestarAlpaca.Tests.Cameras;

public sealed class ConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connected_camera_wants_stacks_until_it_is_disconnected()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        Assert.True(bench.Demand.Wants(FrameWish.Stacks));

        camera.Connected = false;

        Assert.False(camera.Connected);
        Assert.False(bench.Demand.WantsPictures);
    }

    [Fact]
    public async Task Connecting_twice_and_disconnecting_twice_is_no_error_and_leaves_settings_alone()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        camera.BinX = 2;

        await CameraBench.ConnectAsync(camera);
        camera.Connect();
        Assert.Equal(2, camera.BinX);
        camera.Connected = false;
        camera.Disconnect();

        Assert.False(bench.Demand.WantsPictures);
    }

    [Fact]
    public async Task An_unreachable_telescope_is_told_within_three_seconds_with_a_remedy()
    {
        await using var bench = new CameraBench();
        await bench.MeetAsync();
        await bench.LoseAsync();
        var camera = bench.Camera();

        var connecting = CameraBench.ConnectAsync(camera);
        var took = await bench.PassUntilAsync(() => connecting.IsCompleted, 20);

        var refused = await Assert.ThrowsAsync<DriverException>(() => connecting);
        Assert.InRange(took, 2.5, 4.5);
        Assert.Equal(0x500, refused.Number);
        Assert.Contains("Switch it on", refused.Message, StringComparison.Ordinal);
        Assert.False(camera.Connected);
        Assert.False(bench.Demand.WantsPictures);
    }

    [Fact]
    public async Task A_telescope_that_says_nothing_at_all_is_told_with_a_remedy_too()
    {
        await using var bench = new CameraBench();
        var silence = new TaskCompletionSource<Stream>();
        using var telescope = KnownTelescopes.Idle(time: bench.Clock, transport: new SilentTransport(silence.Task));
        var device = new SeestarCameraDevice(
            telescope.Record.Cameras[0], telescope, new SeestarAlpaca.Options.ServerOptions(), bench.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<SeestarCamera>.Instance);
        using var ending = new CancellationTokenSource();
        var running = telescope.Session.RunAsync(ending.Token);
        using var camera = (SeestarCamera)device.Open(System.Net.IPAddress.Loopback);

        var connecting = CameraBench.ConnectAsync(camera);
        await bench.PassUntilAsync(() => connecting.IsCompleted, 20);

        Assert.Contains("Switch it on", (await Assert.ThrowsAsync<DriverException>(() => connecting)).Message, StringComparison.Ordinal);
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience, Token));
    }

    [Fact]
    public async Task Connect_reports_a_failure_through_Connecting_until_it_is_tried_again()
    {
        await using var bench = new CameraBench();
        await bench.MeetAsync();
        await bench.LoseAsync();
        var camera = bench.Camera();

        camera.Connect();
        Assert.True(camera.Connecting);
        await bench.PassUntilAsync(() => Fails(() => camera.Connecting), 20);
        Assert.Equal(0x500, Assert.Throws<DriverException>(() => camera.Connecting).Number);
        camera.Connect();

        Assert.True(camera.Connecting);
        camera.Disconnect();
        Assert.False(camera.Connecting);
    }

    [Fact]
    public async Task Connect_returns_at_once_and_Connecting_ends_when_the_telescope_is_there()
    {
        await using var bench = new CameraBench();
        await bench.MeetAsync();
        await bench.LoseAsync();
        var camera = bench.Camera();
        await bench.PassUntilAsync(() => bench.Wire.Attempts(TelescopePort.Control).Length >= 4, 60);

        camera.Connect();
        Assert.Equal((true, false), (camera.Connecting, camera.Connected));
        bench.Wire.Obstacle = _ => null;
        camera.Connect();
        bench.Telescope.Session.RetryNow();
        await bench.PassUntilAsync(() => camera.Connected, 20);

        Assert.False(camera.Connecting);
    }

    [Fact]
    public async Task Disconnecting_ends_an_attempt_and_whoever_waits_for_it_hears_so()
    {
        await using var bench = new CameraBench();
        await bench.MeetAsync();
        await bench.LoseAsync();
        var camera = bench.Camera();
        var connecting = CameraBench.ConnectAsync(camera);
        await Eventually.HoldsAsync(() => camera.Connecting);

        camera.Disconnect();

        Assert.Equal(0x40E, (await Assert.ThrowsAsync<DriverException>(() => connecting)).Number);
        Assert.Equal((false, false), (camera.Connecting, camera.Connected));
        await Eventually.HoldsAsync(() => !bench.Demand.WantsPictures);
    }

    [Fact]
    public async Task In_a_burst_of_connects_and_disconnects_what_was_asked_for_last_holds_and_no_wish_is_left()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(
            () =>
            {
                for (var i = 0; i < 200; i++)
                {
                    camera.Connect();
                    camera.Disconnect();
                }
            },
            Token))).WaitAsync(Patience, Token);
        camera.Connect();
        await Eventually.HoldsAsync(() => camera.Connected);
        Assert.True(bench.Demand.Wants(FrameWish.Stacks));
        camera.Disconnect();

        await Eventually.HoldsAsync(() => !bench.Demand.WantsPictures);
        Assert.False(camera.Connected);
    }

    [Fact]
    public async Task Whatever_was_set_and_exposed_is_forgotten_after_disconnecting()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        await bench.StackAsync(1);
        (camera.BinX, camera.NumX, camera.NumY, camera.StartX, camera.StartY, camera.ReadoutMode) = (2, 1, 1, 1, 0, 0);
        await bench.ExposeAsync(camera, 0);
        camera.ReadoutMode = 1;
        Assert.True(camera.ImageReady);

        camera.Connected = false;
        await CameraBench.ConnectAsync(camera);

        Assert.Equal((1, 1, 0, 0, 4, 2, 0), (camera.BinX, camera.BinY, camera.StartX, camera.StartY, camera.NumX, camera.NumY, camera.ReadoutMode));
        Assert.Equal((false, CameraState.Idle), (camera.ImageReady, camera.CameraState));
        Assert.Equal(0x40B, Assert.Throws<DriverException>(() => camera.ImageArray).Number);
        Assert.Equal(0x40B, Assert.Throws<DriverException>(() => camera.LastExposureDuration).Number);
        Assert.Equal(0x40B, Assert.Throws<DriverException>(() => camera.LastExposureStartTime).Number);
    }

    [Fact]
    public async Task Disconnecting_drops_an_exposure_under_way()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        camera.ReadoutMode = 1;
        camera.StartExposure(300, true);
        await Eventually.HoldsAsync(() => bench.Demand.Wants(FrameWish.EveryStack));

        camera.Connected = false;
        await CameraBench.ConnectAsync(camera);

        Assert.Equal(CameraState.Idle, camera.CameraState);
        await Eventually.HoldsAsync(() => !bench.Demand.Wants(FrameWish.EveryStack));
    }

    [Fact]
    public async Task Where_no_size_is_known_connecting_waits_for_the_stack_that_is_on_its_way()
    {
        await using var bench = new CameraBench(isSizeKnown: false);
        await bench.MeetAsync();
        await bench.TellAsync(Told.ViewOf("M44"), Told.Stack(3));
        var camera = bench.Camera();

        var connecting = CameraBench.ConnectAsync(camera);
        await bench.MeetImageAsync();
        Assert.False(connecting.IsCompleted);
        await bench.DeliverAsync(3);
        await connecting;

        Assert.Equal((4, 2), (camera.CameraXSize, camera.CameraYSize));
    }

    [Fact]
    public async Task Where_no_size_is_known_and_no_stack_is_on_its_way_the_models_size_is_taken()
    {
        var (bench, camera) = await CameraBench.StartAsync(format: CameraFormat.LiveStack, isSizeKnown: false);
        await using var _ = bench;

        Assert.Equal((2160, 3840, 1.45), (camera.CameraXSize, camera.CameraYSize, camera.PixelSizeX));
    }

    private static bool Fails(Func<bool> read)
    {
        try
        {
            read();
            return false;
        }
        catch (DriverException)
        {
            return true;
        }
    }

    private sealed class SilentTransport(Task<Stream> never) : ITelescopeTransport
    {
        public string Description => "silence";

        public async ValueTask<Stream> ConnectAsync(TelescopePort port, CancellationToken cancellationToken) => await never.WaitAsync(cancellationToken);
    }
}
