using SeestarAlpaca.Benchmarks.Load;
using SeestarAlpaca.Benchmarks.Support;

// Parts and whole processes need different stopwatches: BenchmarkDotNet for the former, scenarios of our own for the latter.
return args switch
{
    ["requests"] => await RequestScenario.RunAsync(),
    ["latency", .. var rest] => await LatencyScenario.RunAsync(rest),
    ["night", .. var rest] => await NightScenario.RunAsync(rest),
    ["growth", .. var rest] => await GrowthScenario.RunAsync(rest),
    ["dry"] => await DryRun.RunAsync(),
    _ => Parts.Run(args, new InProcess(rounds: 15)),
};
