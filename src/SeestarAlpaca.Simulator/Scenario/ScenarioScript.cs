using System.Globalization;
using System.Text.RegularExpressions;

namespace SeestarAlpaca.Simulator.Scenario;

/// <summary>One line of a scenario.</summary>
/// <param name="At">When, in simulated time from the start.</param>
/// <param name="Action">What happens: an action, or a fault.</param>
/// <param name="Line">The line's number in the file, from 1.</param>
public sealed record ScenarioStep(TimeSpan At, Directive Action, int Line);

/// <summary>
/// A night as a script: one action a line, <c>TIME ACTION [KEY:VALUE,KEY:VALUE]</c> or <c>TIME fault NAME[=KEY:VALUE,KEY:VALUE]</c>. The time is
/// h:mm:ss or seconds from the start, in simulated time; <c>#</c> begins a comment. Immutable.
/// </summary>
public sealed partial class ScenarioScript
{
    private ScenarioScript(IReadOnlyList<ScenarioStep> steps) => Steps = steps;

    /// <summary>What happens, in the order of time; at the same time in the order of the file.</summary>
    public IReadOnlyList<ScenarioStep> Steps { get; }

    /// <summary>Reads a scenario.</summary>
    /// <exception cref="FormatException">Lines are wrong; the message has one line for each, with its number and what would be right.</exception>
    public static ScenarioScript Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (steps, faults) = (new List<ScenarioStep>(), new List<string>());
        foreach (var (index, line) in text.Split('\n').Index())
        {
            var content = line.Split('#', 2)[0].Trim();
            if (content.Length == 0)
            {
                continue;
            }

            try
            {
                steps.Add(ParseStep(content, index + 1));
            }
            catch (FormatException fault)
            {
                faults.Add($"Line {index + 1}: {fault.Message}");
            }
        }

        return faults.Count == 0 ? new ScenarioScript([.. steps.OrderBy(step => step.At)]) : throw new FormatException(string.Join('\n', faults));
    }

    private static ScenarioStep ParseStep(string content, int line) =>
        content.Split([' ', '\t'], 2, StringSplitOptions.TrimEntries) is [var time, { Length: > 0 } action]
            ? new ScenarioStep(ParseTime(time), ScenarioControl.Parse(action), line)
            : throw new FormatException($"A line is TIME ACTION, such as '0:10:00 clouds cover:0.7', not '{content}'.");

    private static TimeSpan ParseTime(string text)
    {
        if (HoursMinutesSeconds().Match(text) is { Success: true } match)
        {
            return new TimeSpan(Whole(match.Groups["h"]), Whole(match.Groups["m"]), Whole(match.Groups["s"]));
        }

        return Seconds().IsMatch(text)
            ? TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture))
            : throw new FormatException($"A time is h:mm:ss, such as 1:30:00, or seconds, such as 90 or 2.5, not '{text}'.");
    }

    private static int Whole(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<h>\d{1,3}):(?<m>[0-5]\d):(?<s>[0-5]\d)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HoursMinutesSeconds();

    [GeneratedRegex(@"^\d{1,7}(\.\d{1,6})?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Seconds();
}
