using SeestarAlpaca.Conformance.Judgement;
using SeestarAlpaca.Conformance.Reports;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>Judges one camera: ConformU's conformance run in its order, then what it leaves out.</summary>
internal static class CameraJudgement
{
    /// <summary>All checks in the order in which they are done.</summary>
    public static IReadOnlyList<Check<CameraRun>> Checks { get; } =
    [
        .. ConnectionChecks.First, .. CommonChecks.All, .. StartStateChecks.First, .. SensorChecks.All, .. BinningChecks.All, .. CoolingChecks.All,
        .. GainChecks.All, .. MethodChecks.All, .. ExposureChecks.All, .. StartErrorChecks.All, .. ImageChecks.All, .. EndingChecks.All,
        .. ClientChecks.All, .. PerformanceChecks.All, StartStateChecks.AfterUse, .. ConnectionChecks.Last, .. DisconnectedChecks.All,
    ];

    /// <summary>Judges a camera.</summary>
    /// <param name="device">Address of the device: <c>http://host:port/api/v1/camera/0</c>.</param>
    public static async Task<RunReport> RunAsync(
        Uri device, CameraSettings settings, IProgress<CheckResult> progress, TimeProvider time, CancellationToken cancellationToken)
    {
        var judge = new Judge(settings.Strict);
        var began = time.GetUtcNow();
        using var run = new CameraRun(device, settings, judge, time);
        await run.WarmUpAsync(cancellationToken);
        var results = await new Runner(judge, progress, time).RunAsync(Checks.Only(settings.Only), run, cancellationToken);
        return new RunReport("camera", device.ToString(), settings.Strict, began, time.GetUtcNow() - began, results, run.Timings.ToList());
    }
}
