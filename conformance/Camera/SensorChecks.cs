using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>What the sensor and the exposures are like (alpaca-camera.md §8 F5, F6, F13, F15, F19 to F21, F24 to F26).</summary>
internal static class SensorChecks
{
    private const double Large = 1e9;
    private const int Monochrome = 0;

    public static IReadOnlyList<Check<CameraRun>> All { get; } =
    [
        new("sensor.size", "§8 F6", "CameraXSize and CameraYSize", SizeAsync) { Essential = true },
        new("sensor.state", "§8 F5", "CameraState is idle", StateAsync),
        new("sensor.maxadu", "§8 F13", "MaxADU", (run, token) => run.NumberAsync("maxadu", 1, int.MaxValue, token)),
        new("sensor.pixelsize", "§8 F15", "PixelSizeX and PixelSizeY", PixelSizeAsync) { Essential = true },
        new("sensor.type", "§8 F19", "SensorType", TypeAsync) { Essential = true },
        new("sensor.bayer", "§8 F20", "Bayer offsets, which a monochrome camera refuses", BayerAsync),
        new("sensor.name", "§8 F26", "SensorName, at most 250 characters", (run, token) => run.TextAsync("sensorname", 250, token, mayBeEmpty: true)),
        new("sensor.electrons", "§8 F9", "ElectronsPerADU, FullWellCapacity, HasShutter", ElectronsAsync),
        new("exposure.limits", "§8 F21, §11.30", "ExposureMin, ExposureMax, ExposureResolution; the exposures of ConformU fit",
            LimitsAsync) { Essential = true },
        new("exposure.percent", "§8 F24", "PercentCompleted when idle is a number", PercentAsync),
        new("readout.modes", "§8 F25", "ReadoutModes and ReadoutMode", ModesAsync) { Essential = true },
        new("readout.range", "§3.2", "a readout mode outside the list is refused with 0x401", ModeRangeAsync),
        new("readout.fast", "§8 F22", "FastReadout as CanFastReadout says", FastAsync),
        new("exposure.sub", "§8 F28", "SubExposureDuration",
            SubAsync) { LeftOut = run => run.Facts.InterfaceVersion < 3 ? "Interface version 3 brought it." : null },
    ];

    private static async Task SizeAsync(CameraRun run, CancellationToken cancellationToken)
    {
        run.Facts.Width = (int)(await run.NumberAsync("cameraxsize", 1, int.MaxValue, cancellationToken) ?? 1);
        run.Facts.Height = (int)(await run.NumberAsync("cameraysize", 1, int.MaxValue, cancellationToken) ?? 1);
    }

    private static async Task StateAsync(CameraRun run, CancellationToken cancellationToken) =>
        await run.NumberAsync("camerastate", CameraState.Idle, CameraState.Idle, cancellationToken);

    private static async Task PixelSizeAsync(CameraRun run, CancellationToken cancellationToken)
    {
        await run.NumberAsync("pixelsizex", 1, 1000, cancellationToken);
        await run.NumberAsync("pixelsizey", 1, 1000, cancellationToken);
    }

    private static async Task TypeAsync(CameraRun run, CancellationToken cancellationToken) =>
        run.Facts.SensorType = (int)(await run.NumberAsync("sensortype", 0, 5, cancellationToken, optional: true) ?? Monochrome);

    private static async Task BayerAsync(CameraRun run, CancellationToken cancellationToken)
    {
        foreach (var member in (string[])["bayeroffsetx", "bayeroffsety"])
        {
            if (run.Facts.SensorType == Monochrome)
            {
                run.Refuses(await run.GetAsync(member, cancellationToken), "the sensor is monochrome", AscomError.NotImplemented);
            }
            else
            {
                await run.NumberAsync(member, 0, 10000, cancellationToken);
            }
        }
    }

    private static async Task ElectronsAsync(CameraRun run, CancellationToken cancellationToken)
    {
        await run.NumberAsync("electronsperadu", 0.00001, Large, cancellationToken, optional: true);
        await run.NumberAsync("fullwellcapacity", 0, Large, cancellationToken, optional: true);
        await run.FlagAsync("hasshutter", cancellationToken, optional: true);
    }

    private static async Task LimitsAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var max = run.Facts.ExposureMax = await run.NumberAsync("exposuremax", 0.0001, Large, cancellationToken) ?? Large;
        var min = run.Facts.ExposureMin = await run.NumberAsync("exposuremin", 0, max, cancellationToken) ?? 0;
        await run.NumberAsync("exposureresolution", 0, max, cancellationToken);
        var asked = run.Settings.Exposure.TotalSeconds;
        run.Judge.Require(
            min <= asked && asked <= max, $"Exposures of {asked} s fit.", $"Exposures of {asked} s do not fit into {min} to {max} s: every exposure of this run will fail.");
        if (min > run.Settings.ShortExposure.TotalSeconds)
        {
            run.Judge.Information($"ExposureMin is {min} s; ConformU uses {run.Settings.ShortExposure.TotalSeconds} s where it looks for other errors.");
        }
    }

    private static async Task PercentAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var answer = await run.GetAsync("percentcompleted", cancellationToken);
        var right = answer.Succeeded ? answer.Integer is >= 0 and <= 100 : answer.ErrorNumber is AscomError.NotImplemented or AscomError.InvalidValue;
        run.Judge.Require(
            right, "PercentCompleted is a number, or not implemented.", $"PercentCompleted when idle must be 0 to 100, or 0x400: {(answer.Succeeded ? answer.Integer : answer.Told)}.");
    }

    private static async Task ModesAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var modes = await run.GetAsync("readoutmodes", cancellationToken);
        if (run.HasValue(modes, optional: false))
        {
            run.Facts.ReadoutModes = modes.Texts.Length;
            run.Judge.Require(
                modes.Texts.Length > 0 && modes.Texts.All(mode => mode.Length > 0),
                $"Modes: {string.Join(", ", modes.Texts)}.",
                "ReadoutModes must have names.");
            await run.NumberAsync("readoutmode", 0, modes.Texts.Length - 1, cancellationToken);
            foreach (var mode in Enumerable.Range(0, modes.Texts.Length).Reverse())
            {
                await run.WritesAsync("readoutmode", mode, cancellationToken);
                await run.NumberAsync("readoutmode", mode, mode, cancellationToken);
            }
        }
    }

    private static async Task ModeRangeAsync(CameraRun run, CancellationToken cancellationToken)
    {
        foreach (var mode in (int[])[-1, run.Facts.ReadoutModes])
        {
            run.Refuses(
                await run.WriteAsync("readoutmode", mode, cancellationToken),
                "there is no such mode",
                AscomError.InvalidValue,
                AscomError.NotImplemented);
        }
    }

    private static async Task FastAsync(CameraRun run, CancellationToken cancellationToken)
    {
        if (!run.Facts.CanFastReadout)
        {
            run.Refuses(await run.GetAsync("fastreadout", cancellationToken), "CanFastReadout is false", AscomError.NotImplemented);
            run.Refuses(await run.WriteAsync("fastreadout", true, cancellationToken), "CanFastReadout is false", AscomError.NotImplemented);
            return;
        }

        if (await run.FlagAsync("fastreadout", cancellationToken) is { } fast)
        {
            await run.WritesAsync("fastreadout", !fast, cancellationToken);
            var read = await run.GetAsync("fastreadout", cancellationToken);
            run.Judge.Require(read.Succeeded && read.Boolean != fast, "FastReadout toggles.", "FastReadout does not toggle.");
            await run.WritesAsync("fastreadout", fast, cancellationToken);
        }
    }

    private static async Task SubAsync(CameraRun run, CancellationToken cancellationToken)
    {
        if (await run.NumberAsync("subexposureduration", double.Epsilon, Large, cancellationToken, optional: true) is { } seconds)
        {
            await run.WritesAsync("subexposureduration", seconds, cancellationToken);
        }
    }
}
