using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;
using SeestarAlpaca.Conformance.Reports;

namespace SeestarAlpaca.Conformance.Management;

/// <summary>Judges the management API of a server.</summary>
internal static class ManagementJudgement
{
    /// <summary>Judges a server.</summary>
    /// <param name="server">Scheme, host and port.</param>
    public static async Task<RunReport> RunAsync(
        Uri server, ManagementSettings settings, IProgress<CheckResult> progress, TimeProvider time, CancellationToken cancellationToken)
    {
        var judge = new Judge(settings.Strict);
        var began = time.GetUtcNow();
        using var run = new ManagementRun(server, settings, judge, time);
        await WarmUpAsync(server, time, cancellationToken);
        var results = await new Runner(judge, progress, time).RunAsync(ManagementChecks.All, run, cancellationToken);
        return new RunReport("management", server.ToString(), settings.Strict, began, time.GetUtcNow() - began, results, run.Timings.ToList());
    }

    /// <summary>One call that is not measured, so that this program's own start is not taken for the server's slowness.</summary>
    private static async Task WarmUpAsync(Uri server, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await CamerasAsync(server, time, cancellationToken);
        }
        catch (NoReplyException)
        {
            // The first check will say so.
        }
    }

    /// <summary>The numbers of all cameras of a server.</summary>
    /// <exception cref="NoReplyException">The server does not answer.</exception>
    public static async Task<IReadOnlyList<uint>> CamerasAsync(Uri server, TimeProvider time, CancellationToken cancellationToken)
    {
        using var run = new ManagementRun(server, new ManagementSettings(), new Judge(strict: false), time);
        return await run.ReadAsync(ManagementRun.DevicesPath, cancellationToken) is { } value
            ? [.. DeviceList.Read(value, []).Where(device => device.Type == "Camera").Select(device => device.Number).Order()]
            : [];
    }
}
