using System.Globalization;
using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator.Switches;

/// <summary>One way in which a simulated telescope can be told to be different, by name and value in text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">What can be chosen, and what is the default.</param>
/// <param name="Description">What it changes.</param>
/// <param name="Change">Sets it. Throws <see cref="FormatException"/> for a value that is none of its own.</param>
public sealed record SimulatorSwitch(string Name, string Values, string Description, Func<SimulatorOptions, string, SimulatorOptions> Change)
{
    internal static SimulatorSwitch YesNo(string name, bool usual, string description, Func<SimulatorOptions, bool, SimulatorOptions> change) =>
        new(name, usual ? "**yes**, no" : "yes, **no**", description, (options, value) => change(options, value.ToUpperInvariant() switch
        {
            "YES" or "TRUE" => true,
            "NO" or "FALSE" => false,
            _ => throw new FormatException($"{name} is yes or no, not '{value}'."),
        }));

    internal static SimulatorSwitch Choice<T>(string name, T usual, string description, Func<SimulatorOptions, T, SimulatorOptions> change)
        where T : struct, Enum =>
        new(name, string.Join(", ", Enum.GetValues<T>().Select(value => value.Equals(usual) ? $"**{value}**" : $"{value}")), description, (options, text) =>
            change(options, Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value)
                ? value
                : throw new FormatException($"{name} is one of {string.Join(", ", Enum.GetNames<T>())}, not '{text}'.")));

    internal static SimulatorSwitch Number<T>(string name, string values, string description, Func<SimulatorOptions, T, SimulatorOptions> change)
        where T : struct, IParsable<T> =>
        new(name, values, description, (options, text) => change(options, Read<T>(name, values, text)));

    internal static SimulatorSwitch Seconds(string name, string values, string description, Func<SimulatorOptions, TimeSpan, SimulatorOptions> change) =>
        new(name, values, description, (options, text) => change(
            options, string.Equals(text, "never", StringComparison.OrdinalIgnoreCase) ? Timeout.InfiniteTimeSpan : SecondsOf(name, values, text)));

    internal static SimulatorSwitch Text(string name, string values, string description, Func<SimulatorOptions, string, SimulatorOptions> change) =>
        new(name, values, description, change);

    internal static SimulatorSwitch Size(string name, string values, string description, Func<SimulatorOptions, PictureSize, SimulatorOptions> change) =>
        new(name, values, description, (options, text) => text.Split('x') is [var width, var height]
            ? change(options, new PictureSize(Read<int>(name, values, width), Read<int>(name, values, height)))
            : throw new FormatException($"{name} is two numbers with an x between, such as 1080x1920, not '{text}'."));

    private static TimeSpan SecondsOf(string name, string values, string text) => Read<double>(name, values, text) is >= 0 and <= 86_400 and var seconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new FormatException($"{name} is 0 to 86400 seconds or never, not '{text}'.");

    private static T Read<T>(string name, string values, string text)
        where T : struct, IParsable<T> =>
        T.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{name} is {values.Replace("*", string.Empty, StringComparison.Ordinal)}, not '{text}'.");
}
