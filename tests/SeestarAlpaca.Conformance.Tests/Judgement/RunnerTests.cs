using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Tests.Judgement;

public sealed class RunnerTests
{
    private const int Found = 7;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancelled_run_keeps_what_was_found_and_is_no_verdict_on_the_rest(bool duringACheck)
    {
        using var cancelling = new CancellationTokenSource();
        var judge = new Judge(strict: true);
        Check<int>[] checks =
        [
            new("a.first", "§1", "done", (found, _) =>
            {
                judge.Issue($"{found} found.");
                return duringACheck ? Task.CompletedTask : cancelling.CancelAsync();
            }),
            new("a.second", "§1", "cancelled", async (_, token) =>
            {
                await cancelling.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }),
            new("a.third", "§1", "not begun", (_, _) => throw new InvalidOperationException("It must not be done.")),
        ];

        var results = await new Runner(judge, new Nobody(), TimeProvider.System).RunAsync(checks, Found, cancelling.Token);

        Assert.Equal(["a.first", "a.second", "a.third"], results.Select(result => result.Id));
        Assert.Equal([Outcome.Issue, Outcome.Error, Outcome.Ok], results.Select(result => result.Outcome));
        Assert.Equal("7 found.", Assert.Single(results[0].Findings).Text);
        Assert.Contains("Cancelled", Assert.Single(results[1].Findings).Text, StringComparison.Ordinal);
        Assert.Equal([null, null, "The run ended at a.second."], results.Select(result => result.LeftOut));
    }

    private sealed class Nobody : IProgress<CheckResult>
    {
        public void Report(CheckResult value)
        {
        }
    }
}
