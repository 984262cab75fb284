using SeestarAlpaca.Conformance.Judgement;
using SeestarAlpaca.Conformance.Reports;
using SeestarAlpaca.EndToEnd.Tests.Support;
using SeestarAlpaca.Options;

namespace SeestarAlpaca.EndToEnd.Tests.Conformance;

/// <summary>
/// Lets the conformance program judge the server while another client stays connected and exposing. How fast the server is depends on the machine's
/// load and is not asserted.
/// </summary>
internal static class Judging
{
    /// <summary>How long a state is waited for: long enough for a loaded machine, and a right server lets nobody wait so long.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(60);

    /// <summary>Between two looks at a state.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>ClientID of the other client; the program's are others.</summary>
    private const uint Other = 11;

    /// <summary>Checks of nothing but times.</summary>
    private static readonly string[] Times = ["exposure.start", "image.time", "clients.segments"];

    /// <summary>Camera, interface version.</summary>
    public static TheoryData<uint, int> Cameras => new() { { 0, 4 }, { 0, 3 }, { 1, 4 }, { 1, 3 } };

    /// <summary>Starts a server and another client of a camera, and calls <paramref name="judge"/> with the camera's address.</summary>
    public static async Task<RunReport> RunAsync(
        uint camera, int interfaceVersion, Func<Uri, IProgress<CheckResult>, CancellationToken, Task<RunReport>> judge)
    {
        await using var observatory = await Observatory.StartAsync(options: new ServerOptions { InterfaceVersion = interfaceVersion });
        await observatory.LookAsync();
        var other = await BusyClient.StartAsync(observatory.Client(camera, Other));

        var report = await judge(new Uri(observatory.Address, $"/api/v1/camera/{camera}"), new Nobody(), TestContext.Current.CancellationToken);

        await other.EndAsync();
        Assert.NotEqual(0, other.Pictures);
        return report;
    }

    /// <summary>Fails with all that was found, unless nothing was, neither error nor issue nor information; and unless exactly these checks were left out.</summary>
    public static void AssertClean(RunReport report, params IEnumerable<string> leftOut)
    {
        var found = report.Results.Where(result => !Times.Contains(result.Id)).SelectMany(result => result.Findings
            .Where(finding => finding.Outcome != Outcome.Ok)
            .Select(finding => $"{result.Id} {finding.Outcome}: {finding.Text}"));
        Assert.Equal("", string.Join('\n', found));
        Assert.Equal(leftOut, report.Results.Where(result => result.LeftOut is not null).Select(result => result.Id));
    }

    private sealed class Nobody : IProgress<CheckResult>
    {
        public void Report(CheckResult value)
        {
        }
    }
}
