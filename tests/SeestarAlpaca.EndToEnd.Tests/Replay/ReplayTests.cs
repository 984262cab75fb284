using System.Diagnostics;
using SeestarAlpaca.EndToEnd.Tests.Support;
using SeestarAlpaca.Simulator;

namespace SeestarAlpaca.EndToEnd.Tests.Replay;

/// <summary>Real exposures through the simulated telescope, the server and a client that shares no code with them.</summary>
public sealed class ReplayTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public async Task The_RGB_camera_shows_the_mean_of_the_debayered_real_exposures()
    {
        var folder = TestData.Recorded("m94-subs");
        await RequireAstropyAsync();
        var options = new SimulatorOptions { ReplayDirectory = folder, ReplayAlign = false, TimeScale = 50, StartStacking = true };
        await using var observatory = await Observatory.StartAsync([options]);
        await observatory.LookAsync();

        var (code, output) = await RunAsync(Path.Combine(AppContext.BaseDirectory, "Replay", "replay_mean.py"), observatory.Address.ToString(), "1", folder);

        Assert.True(code == 0, output);
        Assert.Contains("12 exposures", output, StringComparison.Ordinal);
    }

    private static async Task RequireAstropyAsync()
    {
        if (!File.Exists(Python) || (await RunAsync("-c", "import astropy")).Code != 0)
        {
            TestData.Skip($"{Python} with astropy is not there.");
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo(Python, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, string.Concat(await output));
    }
}
