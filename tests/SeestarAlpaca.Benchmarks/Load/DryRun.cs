using SeestarAlpaca.Benchmarks.Support;

namespace SeestarAlpaca.Benchmarks.Load;

/// <summary>Everything once and as short as can be: it shows that all of it still runs, and measures nothing.</summary>
internal static class DryRun
{
    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("seestaralpaca-dry-").FullName;
        try
        {
            return Parts.Run(["--filter", "*"], new InProcess(rounds: 1))
                + await RequestScenario.RunAsync()
                + await LatencyScenario.RunAsync(["1"])
                + await NightScenario.RunAsync(["1", folder, "0"])
                + await GrowthScenario.RunAsync(["1", folder, "1"]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
