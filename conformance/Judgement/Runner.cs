using SeestarAlpaca.Conformance.Http;

namespace SeestarAlpaca.Conformance.Judgement;

/// <summary>Does checks in their order and keeps what they found.</summary>
internal sealed class Runner(Judge judge, IProgress<CheckResult> progress, TimeProvider time)
{
    /// <summary>How many checks in a row may find nobody there.</summary>
    private const int MaxSilent = 3;

    private int _silent;

    /// <summary>Does all checks; after one that ends the run the others are left out.</summary>
    public async Task<IReadOnlyList<CheckResult>> RunAsync<TRun>(IEnumerable<Check<TRun>> checks, TRun run, CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        string? ended = null;
        foreach (var check in checks)
        {
            var leftOut = ended ?? check.LeftOut?.Invoke(run);
            var began = time.GetTimestamp();
            if (leftOut is null && !await DoAsync(check, run, cancellationToken))
            {
                ended = $"The run ended at {check.Id}.";
            }

            var result = new CheckResult(check.Id, check.Source, check.Title, judge.Take(), time.GetElapsedTime(began), leftOut);
            results.Add(result);
            progress.Report(result);
        }

        return results;
    }

    private async Task<bool> DoAsync<TRun>(Check<TRun> check, TRun run, CancellationToken cancellationToken)
    {
        try
        {
            await check.RunAsync(run, cancellationToken);
            _silent = 0;
            return true;
        }
        catch (RunEndedException exception)
        {
            judge.Error($"{exception.Message} The run ends here.");
            return false;
        }
        catch (NoReplyException exception)
        {
            judge.Error(exception.Message);
            return ++_silent < MaxSilent;
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or OverflowException)
        {
            // A reply of a shape that nobody thought of; the other checks may still do.
            judge.Error($"This cannot be judged: {exception.Message}");
            return true;
        }
    }
}
