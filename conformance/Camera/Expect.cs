using System.Globalization;
using SeestarAlpaca.Conformance.Http;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>The common ways of judging one member.</summary>
internal static class Expect
{
    /// <summary>A number within limits.</summary>
    /// <param name="optional">Whether "not implemented" is right as well.</param>
    /// <returns>The number; null when there is none.</returns>
    public static async Task<double?> NumberAsync(
        this CameraRun run, string member, double min, double max, CancellationToken cancellationToken, bool optional = false)
    {
        var answer = await run.GetAsync(member, cancellationToken);
        if (!run.HasValue(answer, optional))
        {
            return null;
        }

        var number = answer.Number;
        run.Judge.Require(
            number >= min && number <= max, $"{member} is {Text(number)}.", $"{member} is {Text(number)}; it must be {Text(min)} to {Text(max)}.");
        return number;
    }

    /// <summary>True or false.</summary>
    /// <returns>The value; null when there is none.</returns>
    public static async Task<bool?> FlagAsync(this CameraRun run, string member, CancellationToken cancellationToken, bool optional = false)
    {
        var answer = await run.GetAsync(member, cancellationToken);
        if (!run.HasValue(answer, optional))
        {
            return null;
        }

        run.Judge.Ok($"{member} is {answer.Boolean}.");
        return answer.Boolean;
    }

    /// <summary>Text of limited length; empty is worth an information where <paramref name="mayBeEmpty"/> is false.</summary>
    public static async Task<string?> TextAsync(
        this CameraRun run, string member, int longest, CancellationToken cancellationToken, bool mayBeEmpty = false)
    {
        var answer = await run.GetAsync(member, cancellationToken);
        if (!run.HasValue(answer, optional: false))
        {
            return null;
        }

        if (answer.Text.Length == 0 && !mayBeEmpty)
        {
            run.Judge.Information($"{member} is empty.");
        }

        run.Judge.Require(
            answer.Text.Length <= longest, $"{member} is '{answer.Text}'.", $"{member} has {answer.Text.Length} characters; at most {longest} are allowed.");
        return answer.Text;
    }

    /// <summary>A write that must succeed.</summary>
    public static async Task<bool> WritesAsync(this CameraRun run, string member, object value, CancellationToken cancellationToken)
    {
        var answer = await run.WriteAsync(member, value, cancellationToken);
        run.Judge.Require(answer.Succeeded, $"{answer.Call} succeeds.", $"{answer.Call} must succeed: {answer.Told}.");
        return answer.Succeeded;
    }

    /// <summary>A reply that must be an ASCOM error.</summary>
    /// <param name="why">Why it must be refused.</param>
    /// <param name="numbers">The numbers that are right; none for any.</param>
    public static void Refuses(this CameraRun run, Answer answer, string why, params int[] numbers)
    {
        var wanted = numbers.Length == 0 ? "an ASCOM error" : string.Join(" or ", numbers.Select(number => $"0x{number:X3}"));
        run.Judge.Require(
            answer.Refused && (numbers.Length == 0 || numbers.Contains(answer.ErrorNumber!.Value)),
            $"{answer.Call} is refused: {answer.Told}.",
            $"{answer.Call} must be refused with {wanted} over HTTP 200, since {why}: {answer.Told}.");
    }

    /// <summary>Whether a read gave a value; otherwise the judge is told.</summary>
    public static bool HasValue(this CameraRun run, Answer answer, bool optional)
    {
        if (answer.Succeeded)
        {
            return true;
        }

        if (optional && answer.NotImplemented)
        {
            run.Judge.Ok($"{answer.Call}: not implemented, which this member may be.");
        }
        else
        {
            run.Judge.Issue($"{answer.Call}: {answer.Told}{(answer.NotImplemented ? "; this member is mandatory" : "")}.");
        }

        return false;
    }

    private static string Text(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
