using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

namespace SeestarAlpaca.Benchmarks.Support;

/// <summary>Runs the benchmarks of parts.</summary>
internal static class Parts
{
    /// <returns>0; 1 if one of them could not be run.</returns>
    public static int Run(string[] args, IConfig config)
    {
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(Parts).Assembly).Run(args, config).ToList();
        return summaries.Exists(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
    }
}
