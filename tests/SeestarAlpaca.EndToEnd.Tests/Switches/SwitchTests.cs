using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.EndToEnd.Tests.Support;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Simulator;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Switches;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.EndToEnd.Tests.Switches;

/// <summary>
/// Every way in which a telescope may be (<c>seestar-protocol.md</c> §11.2 and the options of the simulator): which state the server shows
/// within five seconds, and what a camera client sees.
/// </summary>
public sealed class SwitchTests
{
    /// <summary>How soon the state has to be shown.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <summary>A stack that stands still when it has two subs, so that its pixels can be compared.</summary>
    private static readonly SimulatorOptions Telescope = Observatory.FastTelescope with { Subs = 2 };

    private static readonly SimulatorOptions Locked = Telescope with { Firmware = "7.32" };

    private static readonly SimulatorOptions Silent = Locked with { Unknowns = new Unknowns { LockedIgnoresHeartbeat = true } };

    /// <summary>Telescopes of which a client gets the stack, pixel by pixel.</summary>
    private static readonly Dictionary<string, (SimulatorOptions Telescope, Access Access)> WithPicture = new()
    {
        ["everything as usual"] = (Telescope, Access.Unlocked),
        ["an archive with a descriptor of 12 bytes"] = (With(new Unknowns { Zip = ZipLayout.Descriptor12 }), Access.Unlocked),
        ["an archive with ZIP64 fields"] = (With(new Unknowns { Zip = ZipLayout.Zip64 }), Access.Unlocked),
        ["an archive with a ZIP64 directory"] = (With(new Unknowns { Zip = ZipLayout.Zip64Directory }), Access.Unlocked),
        ["a stack that is not in an archive"] = (With(new Unknowns { RawStack = true }), Access.Unlocked),
        ["a header that does not repeat the picture's ends"] = (With(new Unknowns { PicturesRepeatEnds = false }), Access.Unlocked),
        ["an image id that is stuck"] = (Telescope with { StuckImageId = 141 }, Access.Unlocked),
        ["a constant hfd"] = (Telescope with { Hfd = 1000 }, Access.Unlocked),
        ["a foreign line before each frame"] = (Telescope with { StrayLine = """{"Event":"Something","Timestamp":"1.000000000"}""" }, Access.Unlocked),
        ["the line for others before each frame"] = (Telescope with { StrayLine = """{"Event":"Alert","Msg":"Exceed the maximum number of connections"}""" }, Access.Unlocked),
        ["a slow network"] = (Telescope with { MegabytesPerSecond = 0.5 }, Access.Unlocked),
        ["everything in small pieces"] = (Telescope with { SmallPieces = true }, Access.Unlocked),
        ["replies before events"] = (Telescope with { EventBeforeReply = false }, Access.Unlocked),
        ["no greeting"] = (Telescope with { VersionEvent = false }, Access.Unlocked),
        ["no old stack after a restart"] = (Telescope with { KeepOldStackUntilFirstSub = false }, Access.Unlocked),
        ["texts of streaming marked as errors"] = (With(new Unknowns { DoneIsError = true, OnlyContinuousIsError = true }), Access.Unlocked),
        ["subs pushed while stacking"] = (With(new Unknowns { StreamingWhileStacking = StreamingWhileStacking.Subs }), Access.Unlocked),
        ["stacks pushed while stacking"] = (With(new Unknowns { StreamingWhileStacking = StreamingWhileStacking.Stacks }), Access.Unlocked),
        ["a wide camera with other colours"] = (With(new Unknowns { WidePhase = BayerPhase.Grbg }) with { Model = SeestarModel.S30 }, Access.Unlocked),
        ["a wide camera with another size"] = (With(new Unknowns { WideSize = new PictureSize(108, 192) }) with { Model = SeestarModel.S30 }, Access.Unlocked),
        ["a wide port without a picture"] = (Telescope with { Model = SeestarModel.S30, StaleWidePicture = false }, Access.Unlocked),
        ["a connection that is closed after each answer"] = (With(new Unknowns { ClosesAfterReply = true }) with { Firmware = "7.34" }, Access.Spectator),
        ["get_current_img that resets"] = (With(new Unknowns { CurrentImageNeedsStreaming = true }) with { Firmware = "7.75" }, Access.Spectator),
        ["mastership told on connection"] = (With(new Unknowns { ClientEventOnConnect = true }), Access.Unlocked),
        ["a guest channel besides"] = (Locked with { GuestPort = 0 }, Access.Spectator),
        ["a short idle limit of pictures"] = (With(new Unknowns { ImageIdleLimit = TimeSpan.FromSeconds(5) }), Access.Unlocked),
        ["an idle limit of pictures shorter than a heartbeat"] = (With(new Unknowns { ImageIdleLimit = TimeSpan.FromSeconds(2) }), Access.Unlocked),
        ["no idle limit"] = (Silent with { IdleLimit = Timeout.InfiniteTimeSpan }, Access.Spectator),
        ["a locked telescope"] = (Locked, Access.Spectator),
        ["a locked telescope that ignores heartbeats"] = (Silent, Access.Spectator),
        ["a locked telescope that never resets"] = (Silent with { IgnoredLinesBeforeReset = 0 }, Access.Spectator),
        ["the oldest firmware"] = (Telescope with { Firmware = "4.27" }, Access.Unlocked),
        ["an S30 Pro"] = (Telescope with { Model = SeestarModel.S30Pro }, Access.Spectator),
        ["a stack of twice the size"] = (Telescope with { DoubleStack = true }, Access.Unlocked),
        ["a mosaic with empty borders"] = (Telescope with { MosaicScale = 1.5 }, Access.Unlocked),
        ["half of the subs rejected"] = (Telescope with { RejectedShare = 0.5 }, Access.Unlocked),
        ["one control connection"] = (Telescope with { MaxControlConnections = 1 }, Access.Unlocked),
        ["discovery that minds the port of the question"] = (Telescope with { DiscoveryPort = 0, Discovery = DiscoveryManner.Strict }, Access.Unlocked),
        ["no answer to discovery"] = (Telescope with { DiscoveryPort = 0, Discovery = DiscoveryManner.Silent }, Access.Unlocked),
        ["discovery that breaks at a dash"] = (Telescope with { DiscoveryPort = 0, DiscoveryDashBug = true }, Access.Unlocked),
        ["a name in multicast DNS"] = (Telescope with { MulticastName = new MulticastNameOptions { Port = FreeUdpPort() } }, Access.Unlocked),
        ["dark frames and focus first"] = (Telescope with { SkipInitialise = false }, Access.Unlocked),
        ["dark frames first, and no focus to be found"] = (Telescope with { SkipInitialise = false, FocusFails = true }, Access.Unlocked),
    };

    /// <summary>Telescopes of which a client gets no stack: the state, the error's number and what its sentence tells.</summary>
    private static readonly Dictionary<string, (SimulatorOptions Telescope, TelescopeStateName State, int Error, string Tells)> WithoutPicture = new()
    {
        ["a target that cannot be solved"] =
            (Telescope with { SolvesFail = true }, TelescopeStateName.WaitingForStack, 0x40B, "does not stack. Start stacking"),
        ["a target below the horizon"] =
            (Telescope with { TargetsBelowHorizon = true }, TelescopeStateName.WaitingForStack, 0x40B, "does not stack. Start stacking"),
    };

    public static TheoryData<string> Pictures => [.. WithPicture.Keys];

    public static TheoryData<string> Refusals => [.. WithoutPicture.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Whatever a telescope can be told to be has a row above, or a test of its own below.</summary>
    [Fact]
    public void Every_switch_is_tested()
    {
        string[] below =
        [
            nameof(SimulatorOptions.MaxImageConnections), nameof(SimulatorOptions.IgnoredLinesBeforeReset), nameof(SimulatorOptions.StartStacking),
            nameof(Unknowns.AlertHasMoreKeys), nameof(Unknowns.VerifiedNeedsVerify), nameof(Unknowns.StreamingWhileStacking),
        ];
        var rows = WithPicture.Values.Select(row => row.Telescope).Concat(WithoutPicture.Values.Select(row => row.Telescope));
        var tested = rows.SelectMany(row => Differences(row, Telescope).Concat(Differences(row.Unknowns, Telescope.Unknowns))).Concat(below);
        var there = SimulatorSwitches.Known.Where(known => known.Name != "multicast-group").SelectMany(known => PropertiesOf(known)).ToList();

        Assert.True(there.Count >= SimulatorSwitches.Known.Count - 1, "A switch is not called as its property.");
        Assert.Empty(there.Except(tested));
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task A_stack_is_shown_and_delivered(string name)
    {
        var (telescope, access) = WithPicture[name];
        await using var observatory = await Observatory.StartAsync([telescope]);

        await WithinAsync(observatory, t => t.State.Name == TelescopeStateName.Stacking && t.Session.Snapshot is { Access: var a, Telescope.StackedFrames: 2 } && a == access);
        var client = observatory.Client(1, 11);
        await client.ConnectAsync();
        await WithinAsync(observatory, t => t.Session.Snapshot is { IsStackPresent: true, Stack.Frames: 2 });

        AlpacaClient.Require(await client.ExposeAsync(0.1));
        using var stack = observatory.Simulator.CopyStack()!;
        Assert.Equal(Expected.Rgb(stack).Samples, (await client.DownloadBytesAsync()).Samples);
        Assert.Equal(TelescopeStateName.Stacking, observatory.Telescope.State.Name);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_cannot_be_delivered_is_refused_with_the_state_and_a_remedy(string name)
    {
        var (telescope, state, error, tells) = WithoutPicture[name];
        await using var observatory = await Observatory.StartAsync([telescope]);

        await WithinAsync(observatory, t => t.State.Name == state && t.Session.Snapshot.Telescope.IsLive is true);
        var client = observatory.Client(1, 11);
        await client.ConnectAsync();
        var refused = await client.StartAsync(0.1);

        Assert.Equal(error, refused.Error);
        Assert.Contains(tells, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connections_that_are_all_in_use_are_told_whatever_else_the_line_tells(bool moreKeys)
    {
        await using var observatory = await Observatory.StartAsync([With(new Unknowns { AlertHasMoreKeys = moreKeys }) with { MaxImageConnections = 1 }]);
        using var app = await OccupyAsync(observatory.Simulator);
        var client = observatory.Client(1, 11);
        await client.ConnectAsync();

        await WithinAsync(observatory, t => t.State.Name == TelescopeStateName.ConnectionsInUse);
        var refused = await client.StartAsync(0.1);

        Assert.Equal(0x500, refused.Error);
        Assert.Contains("image connections are in use. Close other programs", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mastership_that_comes_unasked_is_told()
    {
        await using var observatory = await Observatory.StartAsync([With(new Unknowns { ClientEventOnConnect = true })]);

        await WithinAsync(observatory, t => t.State is { Name: TelescopeStateName.Stacking } state && state.Text.Contains("its master, unasked", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_users_key_opens_a_telescope_whether_it_still_wants_the_word_verify_or_not(bool needsVerify)
    {
        var simulator = await SeestarSimulator.StartAsync(
            Locked with { Unknowns = new Unknowns { VerifiedNeedsVerify = needsVerify } }, TimeProvider.System, NullLoggerFactory.Instance, Cancellation);
        var key = Path.Combine(Directory.CreateTempSubdirectory("seestaralpaca-key-").FullName, "key.pem");
        await File.WriteAllTextAsync(key, simulator.PrivateKeyPem, Cancellation);
        await using var observatory = await Observatory.StartServerAsync([simulator], new ServerOptions { KeyFile = key }, null, null, Cancellation);

        await WithinAsync(observatory, t => t.Session.Snapshot is { Access: Access.Verified, Telescope.Serial: not null } && t.State.Name == TelescopeStateName.Stacking);

        await observatory.LookAsync(2);
        AlpacaClient.Require(await ExposeAsync(observatory));
    }

    /// <summary>What is heard before the reset tells the state; until the server may come back it is honest about having lost the telescope.</summary>
    [Fact]
    public async Task A_telescope_that_resets_at_the_first_unwelcome_line_is_said_to_be_lost_until_the_server_may_come_back()
    {
        await using var observatory = await Observatory.StartAsync([Silent with { IgnoredLinesBeforeReset = 1, Subs = null }]);

        await WithinAsync(observatory, t => t.State.Name == TelescopeStateName.Unreachable);
        var refused = await observatory.Client(1, 11).PutAsync("connected", ("Connected", true));

        Assert.Equal(0x500, refused.Error);
        Assert.Contains("The telescope cannot be reached", refused.Message, StringComparison.Ordinal);
        await observatory.WaitAsync(t => t.State.Name == TelescopeStateName.Stacking).WaitAsync(TimeSpan.FromSeconds(40), Cancellation);
    }

    [Theory]
    [InlineData(StreamingWhileStacking.Nothing)]
    [InlineData(StreamingWhileStacking.Subs)]
    [InlineData(StreamingWhileStacking.Stacks)]
    public async Task Previews_come_in_live_view_and_whatever_is_pushed_later_the_stack_is_delivered(StreamingWhileStacking pushed)
    {
        var unknowns = new Unknowns { StreamingWhileStacking = pushed, DoneIsError = true, OnlyContinuousIsError = true };
        await using var observatory = await Observatory.StartAsync([With(unknowns) with { StartStacking = false }]);
        using var watching = observatory.Telescope.Session.Demand.Want(FrameWish.Previews);
        observatory.Simulator.StartView();

        await WithinAsync(observatory, t => t.State.Name == TelescopeStateName.WaitingForStack);
        await WithinAsync(observatory, t => t.Session.Frames.LeaseSub() is { } sub && Disposed(sub));
        observatory.Simulator.StartStack();
        await WithinAsync(observatory, t => t.State.Name == TelescopeStateName.Stacking && t.Session.Snapshot.Telescope.StackedFrames == 2);
        await observatory.LookAsync(2);
        AlpacaClient.Require(await ExposeAsync(observatory));

        using var stack = observatory.Simulator.CopyStack()!;
        Assert.Equal(Expected.Rgb(stack).Samples, (await observatory.Client(1, 11).DownloadBytesAsync()).Samples);
    }

    [Fact]
    public async Task An_image_connection_survives_an_idle_limit_shorter_than_usual()
    {
        await using var observatory = await Observatory.StartAsync([With(new Unknowns { ImageIdleLimit = TimeSpan.FromSeconds(6) })]);
        await observatory.LookAsync(2);

        // The third heartbeat is sent eight seconds after the first.
        while (observatory.Simulator.ImageRequests.GetValueOrDefault("test_connection") < 3)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        }

        Assert.Equal(LinkPhase.Open, observatory.Telescope.Session.Snapshot.Image.Phase);
    }

    /// <summary>A switch is called as its property is, in other letters.</summary>
    private static IEnumerable<string> PropertiesOf(SimulatorSwitch known)
    {
        var plain = known.Name.Replace("-", string.Empty, StringComparison.Ordinal);
        return typeof(SimulatorOptions).GetProperties().Concat(typeof(Unknowns).GetProperties()).Select(property => property.Name)
            .Where(name => name.StartsWith(plain, StringComparison.OrdinalIgnoreCase) && (name.Length == plain.Length || name.Contains("Until", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Differences<T>(T one, T other) =>
        typeof(T).GetProperties().Where(property => property.CanWrite && !Equals(property.GetValue(one), property.GetValue(other))).Select(property => property.Name);

    private static int FreeUdpPort()
    {
        using var socket = new UdpClient(0);
        return ((System.Net.IPEndPoint)socket.Client.LocalEndPoint!).Port;
    }

    private static bool Disposed(SubFrame sub)
    {
        sub.Dispose();
        return true;
    }

    private static async Task<Answer> ExposeAsync(Observatory observatory)
    {
        var client = observatory.Client(1, 11);
        await client.ConnectAsync();
        return await client.ExposeAsync(0.1);
    }

    /// <summary>Takes an image connection, as another program does, and keeps it for the idle limit.</summary>
    private static async Task<TcpClient> OccupyAsync(SeestarSimulator simulator)
    {
        var app = new TcpClient();
        await app.ConnectAsync(simulator.ImageEndPoint, Cancellation);
        await app.GetStream().WriteAsync("{\"id\":1,\"method\":\"test_connection\"}\r\n"u8.ToArray(), Cancellation);
        await app.GetStream().ReadExactlyAsync(new byte[80], Cancellation);
        return app;
    }

    private static SimulatorOptions With(Unknowns unknowns) => Telescope with { Unknowns = unknowns };

    private static async Task WithinAsync(Observatory observatory, Func<Telescope, bool> holds)
    {
        try
        {
            await observatory.WaitAsync(holds).WaitAsync(Soon, Cancellation);
        }
        catch (TimeoutException)
        {
            var snapshot = observatory.Telescope.Session.Snapshot;
            Assert.Fail($"After {Soon.TotalSeconds:F0} s: {observatory.Telescope.State.Text} {snapshot}");
        }
    }
}
