using BenchmarkDotNet.Running;
using SeestarAlpaca.Benchmarks.Load;
using SeestarAlpaca.Benchmarks.Support;

// Parts and whole processes need different stopwatches: BenchmarkDotNet for the former, scenarios of our own for the latter.
return args switch
{
    ["requests", .. var rest] => await RequestScenario.RunAsync(rest),
    ["latency", .. var rest] => await LatencyScenario.RunAsync(rest),
    ["night", .. var rest] => await NightScenario.RunAsync(rest),
    ["growth", .. var rest] => await GrowthScenario.RunAsync(rest),
    _ => BenchmarkSwitcher.FromAssembly(typeof(RequestScenario).Assembly).Run(args, new InProcess()).Any(summary => summary.HasCriticalValidationErrors) ? 1 : 0,
};
