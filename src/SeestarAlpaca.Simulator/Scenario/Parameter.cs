using System.Globalization;

namespace SeestarAlpaca.Simulator.Scenario;

/// <summary>A parameter of a fault or an action: its name, what it means and what it may be. Immutable.</summary>
public sealed record Parameter
{
    private Parameter(string name, string meaning, string fallback) => (Name, Meaning, Default) = (name, meaning, fallback);

    /// <summary>The name before the colon.</summary>
    public string Name { get; }

    /// <summary>What it means, with its unit.</summary>
    public string Meaning { get; }

    /// <summary>The value when it is not named.</summary>
    public string Default { get; }

    /// <summary>The smallest number; null for what is no number.</summary>
    public double? Least { get; private init; }

    /// <summary>The largest number; null for what is no number.</summary>
    public double? Most { get; private init; }

    /// <summary>Whether only whole numbers are right.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>The words to choose from; empty where any text is right.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    /// <summary>How often, from 1 to 1 000 000; default 1.</summary>
    internal static Parameter Count { get; } = Whole("count", "how often", 1, 1, 1_000_000);

    internal static Parameter Number(string name, string meaning, double fallback, double least, double most) =>
        new(name, meaning, fallback.ToString(CultureInfo.InvariantCulture)) { Least = least, Most = most };

    internal static Parameter Whole(string name, string meaning, int fallback, int least, int most) =>
        Number(name, meaning, fallback, least, most) with { IsWhole = true };

    internal static Parameter Choice(string name, string meaning, params string[] choices) => new(name, meaning, choices[0]) { Choices = choices };

    internal static Parameter Text(string name, string meaning, string fallback) => new(name, meaning, fallback);

    /// <summary>Takes a value if it is right.</summary>
    /// <exception cref="FormatException">It is not; the message says what would be.</exception>
    internal string Check(string value)
    {
        if (Least is { } least)
        {
            var right = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= Most && (!IsWhole || number == Math.Floor(number));
            Require(right, string.Create(CultureInfo.InvariantCulture, $"{Name} is a {(IsWhole ? "whole " : "")}number from {least} to {Most}, not '{value}'."));
        }

        Require(Choices.Count == 0 || Choices.Contains(value), $"{Name} is one of {string.Join(", ", Choices)}, not '{value}'.");
        Require(value.Length > 0, $"{Name} needs a value.");
        return value;
    }

    private static void Require(bool condition, string sentence)
    {
        if (!condition)
        {
            throw new FormatException(sentence);
        }
    }
}
