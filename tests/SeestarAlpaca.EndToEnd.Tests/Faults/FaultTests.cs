using SeestarAlpaca.EndToEnd.Tests.Support;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Simulator.Faults;

namespace SeestarAlpaca.EndToEnd.Tests.Faults;

/// <summary>
/// Every fault that a telescope can be told to have: which state the server shows, what a camera client sees, and that pictures come again.
/// </summary>
public abstract class FaultTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal static async Task CheckAsync(FaultCase row)
    {
        await using var time = new PacedTime();
        await using var observatory = await Observatory.StartAsync(
            [Observatory.FastTelescope with { Firmware = row.Firmware }], new ServerOptions { Grace = TimeSpan.FromSeconds(0.5) }, time);
        var client = observatory.Client(1, 11);
        await observatory.LookAsync(2);
        await client.ConnectAsync();
        var before = observatory.Telescope.Session.Snapshot.Stack!.Sequence;

        foreach (var fault in row.Fault.Split(';'))
        {
            observatory.Simulator.Faults.Inject(fault);
        }

        foreach (var fault in row.Fault.Split(';'))
        {
            await observatory.Simulator.Faults.WaitForStrikeAsync(FaultControl.Parse(fault).Name, 1, Cancellation).WaitAsync(Patience, Cancellation);
        }

        await HurryAsync(time, row.Silence);
        await ShowsAsync(() => Shows(observatory.Telescope, row), Soon, () => Describe(observatory.Telescope));
        await HurryAsync(time, row.Later);
        await ExposeAsync(client, row);
        await RecoverAsync(observatory, client, row, time, before);
    }

    private static async Task HurryAsync(PacedTime time, TimeSpan through)
    {
        if (through > TimeSpan.Zero)
        {
            time.Speed = 8;
            await Task.Delay(through, time, Cancellation);
            time.Speed = 1;
        }
    }

    private static bool Shows(SeestarAlpaca.Telescopes.Telescope telescope, FaultCase row) =>
        telescope.State.Name == row.State
        && (row.Words is null || telescope.State.Text.Contains(row.Words, StringComparison.Ordinal))
        && (row.Battery is null || telescope.Session.Snapshot.Telescope.Status.BatteryPercent == row.Battery);

    private static async Task ExposeAsync(AlpacaClient client, FaultCase row)
    {
        var answer = await client.ExposeAsync(0.1);
        if (row.Refused is null)
        {
            Assert.Equal(string.Empty, answer.Message);
            Assert.Equal((108, 192, 3), Shape(await client.DownloadBytesAsync()));
        }
        else
        {
            Assert.NotEqual(0, answer.Error);
            Assert.Contains(row.Refused, answer.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>The next good picture is one that came after the fault, and is what the telescope has.</summary>
    private static async Task RecoverAsync(Observatory observatory, AlpacaClient client, FaultCase row, PacedTime time, long before)
    {
        time.Speed = row.Hurry;
        var session = observatory.Telescope.Session;
        if (row.NeedsStart)
        {
            await ShowsAsync(() => session.Snapshot.Control.Phase == LinkPhase.Open, Patience, () => Describe(observatory.Telescope));
            observatory.Simulator.StartView();
            await observatory.Simulator.WaitForStageAsync("ContinuousExposure", Cancellation);
            observatory.Simulator.StartStack();
        }

        await ShowsAsync(
            () => session.Snapshot is { IsStackPresent: true, Image: { Phase: LinkPhase.Open, Problem: null } } snapshot && snapshot.Stack!.Sequence > before
                && observatory.Telescope.State.Name == TelescopeStateName.Stacking,
            Patience,
            () => Describe(observatory.Telescope));

        var answer = await client.ExposeAsync(0.1);

        Assert.Equal(string.Empty, answer.Message);
        Assert.Equal((108, 192, 3), Shape(await client.DownloadBytesAsync()));
    }

    private static (int Width, int Height, int Planes) Shape(Picture picture) => (picture.Width, picture.Height, picture.Planes);

    private static async Task ShowsAsync(Func<bool> holds, TimeSpan within, Func<string> describe)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < within, $"After {within.TotalSeconds} s the server shows: {describe()}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }
    }

    private static string Describe(SeestarAlpaca.Telescopes.Telescope telescope)
    {
        var snapshot = telescope.Session.Snapshot;
        return $"{telescope.State.Name} \"{telescope.State.Text}\", control {snapshot.Control}, images {snapshot.Image}, "
            + $"stack {snapshot.Stack?.Sequence}, present {snapshot.IsStackPresent}, battery {snapshot.Telescope.Status.BatteryPercent}";
    }
}

/// <summary>Faults of pictures and the image port. What is held of the present stack is delivered all the while.</summary>
public sealed class ImageFaultTests : FaultTests
{
    private const string NoPictures = "Its pictures do not come through:";

    private static readonly FaultCase[] Rows =
    [
        new("reset-mid-frame", TelescopeStateName.Stacking, NoPictures),
        new("truncated-payload", TelescopeStateName.Stacking, NoPictures),
        new("wrong-magic", TelescopeStateName.Stacking, NoPictures),
        new("huge-length", TelescopeStateName.Stacking, NoPictures),
        new("zero-size", TelescopeStateName.Stacking, NoPictures),
        new("zero-length", TelescopeStateName.Stacking, "came damaged"),
        new("wrong-crc", TelescopeStateName.Stacking, "checksum"),
        new("truncated-deflate", TelescopeStateName.Stacking, "came damaged"),
        new("stall-mid-frame", TelescopeStateName.Stacking, NoPictures) { Silence = ImageSilence },
        new("silence=port:image", TelescopeStateName.Stacking, NoPictures) { Silence = ImageSilence },
        new("stray-alert", TelescopeStateName.Stacking),
        new("connections-used-up=seconds:400", TelescopeStateName.ConnectionsInUse, "in use") { Silence = TimeSpan.FromSeconds(12), Hurry = 20 },
    ];

    public static TheoryData<string> Faults => [.. Rows.Select(row => row.ToString())];

    /// <summary>Without a byte for 20 s a connection is dead.</summary>
    private static TimeSpan ImageSilence => TimeSpan.FromSeconds(19);

    [Theory]
    [MemberData(nameof(Faults))]
    public Task The_server_says_what_is_wrong_goes_on_delivering_and_recovers(string fault) => CheckAsync(Rows.Single(row => row.ToString() == fault));

    [Fact]
    public void Every_fault_has_a_row()
    {
        var tested = Rows.Concat(ControlFaultTests.Rows).SelectMany(row => row.Fault.Split(';')).Select(fault => fault.Split('=')[0]);

        Assert.Empty(FaultControl.Known.Select(kind => kind.Name).Except(tested));
    }
}

/// <summary>Faults of the control port and of the telescope as a whole.</summary>
public sealed class ControlFaultTests : FaultTests
{
    internal static readonly FaultCase[] Rows =
    [
        new("split-lines=count:200,pause:0.002", TelescopeStateName.Stacking),
        new("duplicate-events=count:200", TelescopeStateName.Stacking),
        new("unknown-events=count:200", TelescopeStateName.Stacking),
        new("unknown-keys=count:200", TelescopeStateName.Stacking),
        new("slow-verify=seconds:500;lost-connection=seconds:20", TelescopeStateName.Stacking),
        new("slow-verify=seconds:500;lost-connection=seconds:20", TelescopeStateName.Stacking) { Firmware = "7.32" },
        new("silence=port:control", TelescopeStateName.Unreachable, "has been silent for") { Silence = ControlSilence, Refused = "cannot be reached" },
        new("silence", TelescopeStateName.Unreachable, "has been silent for") { Silence = ControlSilence, Refused = "cannot be reached" },
        new("lost-connection=seconds:500", TelescopeStateName.Unreachable, "refuses connections") { Refused = "cannot be reached", Later = LongGap },
        new("reboot=seconds:400", TelescopeStateName.Unreachable, "cannot be reached") { Refused = "cannot be reached", Later = LongGap, NeedsStart = true },
        new("low-battery=percent:4", TelescopeStateName.Stacking) { Battery = 4 },
        new("shutdown=seconds:600", TelescopeStateName.Unreachable) { Refused = "cannot be reached", NeedsStart = true },
        new("close-arm", TelescopeStateName.ArmClosed, "Open it") { Refused = "arm is closed", NeedsStart = true },
        new("goto=name:M 94", TelescopeStateName.Moving, "moves to M 94") { Refused = "moves to M 94" },
    ];

    public static TheoryData<string> Faults => [.. Rows.Select(row => row.ToString())];

    /// <summary>What has been silent for 20 s is gone; the server looks every 4 s.</summary>
    private static TimeSpan ControlSilence => TimeSpan.FromSeconds(19);

    private static TimeSpan LongGap => SeestarSession.ShortGap + TimeSpan.FromSeconds(1);

    [Theory]
    [MemberData(nameof(Faults))]
    public Task The_server_shows_the_honest_state_and_recovers(string fault) => CheckAsync(Rows.Single(row => row.ToString() == fault));
}
