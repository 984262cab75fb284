using SeestarAlpaca.Simulator.Procedures;
using SeestarAlpaca.Simulator.Scenario;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Faults;

/// <summary>Lets something happen to the telescope, within the agenda.</summary>
internal delegate Task TelescopeFault(Directive fault, Telescope telescope);

/// <summary>The faults that happen to the telescope as a whole, at once (<c>seestar-protocol.md</c> §9, item 40).</summary>
internal static class TelescopeFaults
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<(DirectiveKind Kind, TelescopeFault Happen)> All =
    [
        (new("silence", "Connections stay open, and nothing more is sent on them.",
                Parameter.Choice("port", "which connections", "all", "control", "image"), Seconds("new connections are silent too", 0)),
            (fault, telescope) => telescope.Faults.Connections.BeSilentAsync(PortsOf(fault["port"]), fault.Number("seconds"))),
        (new("connections-used-up", "Other programs take all image connections; those there are, are reset.", Seconds("for so long", 60)),
            (fault, telescope) => telescope.Faults.Connections.UseUpAsync(fault.Number("seconds"))),
        (new("unknown-events", "Events come that no client knows.", Parameter.Count), TellUnknownAsync),
        (new("lost-connection", "Connections are reset and all ports closed, while the telescope goes on.", Seconds("for so long", 20)),
            async (fault, telescope) =>
            {
                using var away = telescope.Faults.Connections.GoAway();
                await telescope.DelayAsync(fault.Number("seconds"), telescope.Lifetime);
            }),
        (new("reboot", "The telescope restarts: connections are reset, its clock begins anew, and view and stack are gone.", Seconds("off for so long", 40)),
            (fault, telescope) => Restart.CrashAsync(telescope, fault.Number("seconds"))),
        (new("shutdown", "The telescope folds its arm and switches itself off.", Seconds("switched on again after; 0 for never", 0)),
            (fault, telescope) => Restart.FoldAndRunAsync(telescope, fault.Number("seconds"))),
        (new("low-battery", "The battery is nearly empty, and in the end the telescope switches itself off.",
                Parameter.Whole("percent", "what is left", 3, 0, 100), Seconds("until it switches itself off; 0 for never", 0, "shutdown")),
            LowBatteryAsync),
        (new("close-arm", "Somebody folds the arm."), (_, telescope) => Arm.CloseAsync(telescope)),
        (new("goto", "Somebody chooses another target.",
                Parameter.Text("name", "the target", "M 81"), Parameter.Number("ra", "right ascension of date in hours", 9.925881, 0, 23.999999),
                Parameter.Number("dec", "declination of date in degrees", 69.065295, -90, 90), Parameter.Choice("stack", "whether it is stacked then", "yes", "no")),
            (fault, telescope) => telescope.View.StartStarAsync(
                new SkyTarget(fault["name"], fault.Number("ra"), fault.Number("dec")),
                lightPollutionFilter: false,
                fault["stack"] == "yes" ? Initialise.Before(telescope, new Stacking(telescope, restart: true)) : null)),
    ];

    private static Parameter Seconds(string meaning, double fallback, string name = "seconds") =>
        Parameter.Number(name, $"simulated seconds: {meaning}", fallback, 0, 1_000_000);

    private static FaultPort[] PortsOf(string name) => name switch
    {
        "control" => [FaultPort.Control],
        "image" => [FaultPort.Image],
        _ => [FaultPort.Control, FaultPort.Image],
    };

    private static Task TellUnknownAsync(Directive fault, Telescope telescope)
    {
        for (var i = 0; i < fault.Whole("count"); i++)
        {
            telescope.Events.Emit($"ZwoNews{i % 5}", LineFaults.Strange(i));
        }

        return Task.CompletedTask;
    }

    private static async Task LowBatteryAsync(Directive fault, Telescope telescope)
    {
        foreach (var (key, value) in new WireObject
        {
            ["charger_status"] = "Discharging",
            ["charge_online"] = false,
            ["battery_capacity"] = (long)fault.Whole("percent"),
        })
        {
            telescope.Device.Power[key] = value;
            telescope.Events.Emit("PiStatus", new WireObject { [key] = value });
        }

        if (fault.Number("shutdown") is > 0 and var left)
        {
            await telescope.DelayAsync(left, telescope.Lifetime);
            await Restart.FoldAndRunAsync(telescope, seconds: 0);
        }
    }
}
