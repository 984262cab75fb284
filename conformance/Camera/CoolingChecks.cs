using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>Temperatures and cooler (alpaca-camera.md §8 F7 to F9, F16 and F17).</summary>
internal static class CoolingChecks
{
    private const double AbsoluteZero = -273.15;
    private const double Hot = 100;
    private const double Step = 5;

    public static IReadOnlyList<Check<CameraRun>> All { get; } =
    [
        new("cooling.temperature", "§8 F7, F9", "CCDTemperature and HeatSinkTemperature", TemperatureAsync),
        new("cooling.cooler", "§8 F8", "CoolerOn toggles, or is not implemented", CoolerAsync),
        new("cooling.power", "§8 F9", "CoolerPower as CanGetCoolerPower says", PowerAsync),
        new("cooling.setpoint", "§8 F16, F17", "SetCCDTemperature and its limits", SetpointAsync),
    ];

    private static async Task TemperatureAsync(CameraRun run, CancellationToken cancellationToken)
    {
        await run.NumberAsync("ccdtemperature", AbsoluteZero, 1000, cancellationToken, optional: true);
        await run.NumberAsync("heatsinktemperature", AbsoluteZero, 1000, cancellationToken, optional: true);
    }

    private static async Task CoolerAsync(CameraRun run, CancellationToken cancellationToken)
    {
        if (await run.FlagAsync("cooleron", cancellationToken, optional: true) is { } on)
        {
            await run.WritesAsync("cooleron", !on, cancellationToken);
            await run.WritesAsync("cooleron", on, cancellationToken);
        }
        else
        {
            run.Refuses(await run.WriteAsync("cooleron", true, cancellationToken), "reading it is refused", AscomError.NotImplemented);
        }
    }

    private static async Task PowerAsync(CameraRun run, CancellationToken cancellationToken)
    {
        if (run.Facts.CanGetCoolerPower)
        {
            await run.NumberAsync("coolerpower", 0, 100, cancellationToken, optional: true);
        }
        else
        {
            run.Refuses(await run.GetAsync("coolerpower", cancellationToken), "CanGetCoolerPower is false", AscomError.NotImplemented);
        }
    }

    private static async Task SetpointAsync(CameraRun run, CancellationToken cancellationToken)
    {
        if (!run.Facts.CanSetTemperature)
        {
            run.Refuses(await run.GetAsync("setccdtemperature", cancellationToken), "CanSetCCDTemperature is false", AscomError.NotImplemented);
            run.Refuses(await run.WriteAsync("setccdtemperature", 0, cancellationToken), "CanSetCCDTemperature is false", AscomError.NotImplemented);
            return;
        }

        var before = await run.NumberAsync("setccdtemperature", AbsoluteZero, Hot, cancellationToken);
        await run.WritesAsync("setccdtemperature", 0, cancellationToken);
        var lowest = await LastTakenAsync(run, 2 * Step, -Step, AbsoluteZero - (2 * Step), cancellationToken);
        run.Judge.Require(
            lowest >= AbsoluteZero, $"Temperatures down to {lowest} °C are taken.", $"{lowest} °C is taken, which is below absolute zero.");
        var highest = await LastTakenAsync(run, Step, Step, Hot + Step, cancellationToken);
        run.Judge.Require(highest <= Hot, $"Temperatures up to {highest} °C are taken.", $"{highest} °C is taken; above {Hot} °C must be refused.");
        if (before is { } temperature)
        {
            await run.WritesAsync("setccdtemperature", temperature, cancellationToken);
        }
    }

    private static async Task<double> LastTakenAsync(CameraRun run, double from, double step, double end, CancellationToken cancellationToken)
    {
        var taken = 0.0;
        for (var value = from; step < 0 ? value >= end : value <= end; value += step)
        {
            var answer = await run.WriteAsync("setccdtemperature", value, cancellationToken);
            if (!answer.Succeeded)
            {
                run.Refuses(answer, "it is out of range", AscomError.InvalidValue);
                return taken;
            }

            taken = value;
        }

        return taken;
    }
}
