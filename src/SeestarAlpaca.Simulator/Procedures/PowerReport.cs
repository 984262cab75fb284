using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Tells processor temperature and battery, only what changed (<c>seestar-protocol.md</c> §3.7).</summary>
internal static class PowerReport
{
    /// <summary>Reports until the charger is found to be gone.</summary>
    private const int UnpluggedAt = 2;

    /// <summary>Reports between two steps of the battery.</summary>
    private const int BatteryEvery = 60;

    /// <summary>The battery does not fall further by itself, so that a simulation can run for days.</summary>
    private const long LowestByItself = 20;
    /// <summary>Reports between two looks at the battery's temperature.</summary>
    private const int BatteryTemperatureEvery = 40;

    /// <summary>What a battery shows for a second now and then.</summary>
    private const long Glitch = 102;

    /// <summary>Reports until cancelled.</summary>
    public static async Task RunAsync(Telescope telescope, CancellationToken cancellationToken)
    {
        var power = telescope.Device.Power;
        for (var report = 1; ; report++)
        {
            await telescope.DelayAsync(4, 6, cancellationToken);
            Change(telescope, ("temp", Math.Clamp(power.Get("temp", 61.5) + (1.3 * (telescope.Random.NextDouble() - 0.5)), 45, 66)));
            if (report == UnpluggedAt)
            {
                Change(telescope, ("charger_status", "Discharging"), ("charge_online", false));
            }

            if (report % BatteryTemperatureEvery == 0)
            {
                Change(telescope, ("battery_temp", Math.Max(24, power.Get("battery_temp", 32L) - 1)));
            }

            if (report % BatteryEvery == 0)
            {
                var level = power.Get("battery_capacity", 69L);
                var left = level > LowestByItself ? level - 1 : level;
                if (report == BatteryEvery)
                {
                    Change(telescope, ("battery_capacity", Glitch));
                    await telescope.DelayAsync(1.0, cancellationToken);
                }

                Change(telescope, ("battery_capacity", left));
            }
        }
    }

    private static void Change(Telescope telescope, params (string Key, object Value)[] changes)
    {
        var members = new WireObject().With(changes.Select(change => KeyValuePair.Create(change.Key, (object?)change.Value)));
        telescope.Device.Power.With(members);
        telescope.Events.Emit("PiStatus", members);
    }
}
