using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace SeestarAlpaca.Benchmarks.Support;

/// <summary>
/// How BenchmarkDotNet measures here: in this process, since nothing has to be generated and built then; both sides of a ratio in the same run. Results are written as Markdown into the folder <c>artifacts/benchmarks</c>.
/// </summary>
internal sealed class InProcess : ManualConfig
{
    /// <param name="rounds">How often each is measured.</param>
    public InProcess(int rounds)
    {
        AddJob(Job.Default.WithToolchain(InProcessNoEmitToolchain.Instance).WithWarmupCount(Math.Min(rounds, 3)).WithIterationCount(rounds).WithInvocationCount(1).WithUnrollFactor(1));
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddColumn(StatisticColumn.Median);
        AddDiagnoser(MemoryDiagnoser.Default);
        AddLogger(ConsoleLogger.Default);
        AddExporter(MarkdownExporter.GitHub);
        WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));
    }
}
