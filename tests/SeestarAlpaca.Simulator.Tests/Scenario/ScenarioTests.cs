using SeestarAlpaca.Simulator.Scenario;
using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests.Scenario;

/// <summary>Whole nights, scripted.</summary>
public sealed class ScenarioTests
{
    private const string Night =
        """
        0        view name:M 51,ra:13.5,dec:47.07
        0:00:40  stack
        0:02:00  clouds cover:0.5,minutes:1
        0:03:30  clear
        0:03:40  trail kind:plane
        0:04:00  focus factor:1.4,minutes:2
        0:05:00  fault duplicate-events=count:3
        0:06:00  clouds cover:0.97
        0:07:00  clear
        0:08:00  target name:M 94,ra:12.85,dec:41.12
        0:12:00  arm to:close
        """;

    [Fact]
    public async Task A_night_goes_as_scripted()
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Scenario = ScenarioScript.Parse(Night), SkipInitialise = true }, clock);
        using var control = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        clock.Advance(TimeSpan.FromMinutes(13));
        var events = await control.EventsUntilAsync("ScopeHome", "complete");
        var targets = events.Where(e => e.Summary == "View working").Select(e => e["target_name"].GetString());

        Assert.Equal(["M 51", "M 94"], targets);
        Assert.Contains(events, e => e.Summary == "Alert" && e["code"].GetInt32() == 263);
        Assert.Equal(3, simulator.Faults.Struck["duplicate-events"]);
        Assert.Equal((true, 0, null), (simulator.IsArmClosed, simulator.Scenario.State.ScenarioLeft, simulator.Stage));
    }

    [Fact]
    public async Task The_same_seed_scenario_and_clock_give_the_same_pixels_and_the_same_events()
    {
        var (one, other) = (await NightAsync(7), await NightAsync(7));

        Assert.Equal(one.Events, other.Events);
        Assert.Equal(one.Subs, other.Subs);
        Assert.Equal(one.Stack, other.Stack);
    }

    [Fact]
    public async Task Another_seed_is_another_night()
    {
        var (one, other) = (await NightAsync(7), await NightAsync(8));

        Assert.NotEqual(one.Stack, other.Stack);
        Assert.NotEqual(one.Events, other.Events);
    }

    [Fact]
    public async Task How_things_are_is_told()
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await Start.SimulatorAsync(Start.Small with { StartStacking = true }, clock);
        clock.AdvanceUntil(() => simulator.StackedFrame == 2);

        simulator.Scenario.Do("clouds cover:0.4,minutes:2");
        simulator.Scenario.Do("fault wrong-crc=count:2");
        simulator.Scenario.Do("battery percent:9");
        clock.Advance(TimeSpan.FromMinutes(1));
        var state = simulator.Scenario.State;

        Assert.Equal(0.2, state.Clouds, 0.001);
        Assert.Equal(("Stack", "M 51", 9L, false), (state.Stage, state.Target, state.BatteryPercent, state.Away));
        Assert.Equal(2, state.Waiting["wrong-crc=count:2"]);
        Assert.Equal(1, state.Struck["low-battery"]);
    }

    [Theory]
    [InlineData("stop-view", null)]
    [InlineData("stop-stack", "ContinuousExposure")]
    [InlineData("scenery", "RTSP")]
    [InlineData("solar what:moon", "RTSP")]
    [InlineData("view", "ContinuousExposure")]
    [InlineData("stack restart:no", "Stack")]
    [InlineData("lost seconds:5", "Stack")]
    [InlineData("reboot seconds:5", null)]
    public async Task What_people_do_can_be_scripted(string action, string? stage)
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await Start.SimulatorAsync(Start.Small with { StartStacking = true }, clock);
        clock.AdvanceUntil(() => simulator.StackedFrame == 2);

        simulator.Scenario.Do(action);
        clock.Advance(TimeSpan.FromSeconds(12));

        Assert.Equal(stage, simulator.Stage);
    }

    private static async Task<(List<string> Events, List<ushort[]> Subs, ushort[] Stack)> NightAsync(int seed)
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Scenario = ScenarioScript.Parse(Night), Seed = seed, RejectedShare = 0.2 }, clock);
        using var control = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        var subs = new List<ushort[]>();
        for (var minute = 0; minute < 11; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            using var sub = simulator.CopySub()!;
            subs.Add(sub.Samples.ToArray());
        }

        using var stack = simulator.CopyStack()!;
        clock.Advance(TimeSpan.FromMinutes(2));
        var events = await control.EventsUntilAsync("ScopeHome", "complete");
        return ([.. events.Select(e => e.Line)], subs, stack.Samples.ToArray());
    }
}
