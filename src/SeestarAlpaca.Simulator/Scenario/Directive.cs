using System.Globalization;

namespace SeestarAlpaca.Simulator.Scenario;

/// <summary>What can be asked for by name: a fault or an action, with its parameters. Immutable.</summary>
/// <param name="Name">The name, such as <c>wrong-crc</c>.</param>
/// <param name="Meaning">What it does, as a sentence.</param>
/// <param name="Parameters">What can be chosen.</param>
public sealed record DirectiveKind(string Name, string Meaning, params IReadOnlyList<Parameter> Parameters);

/// <summary>Something asked for by name: which fault or action, and its arguments. Immutable.</summary>
public sealed class Directive
{
    private readonly IReadOnlyDictionary<string, string> _arguments;

    private Directive(DirectiveKind kind, IReadOnlyDictionary<string, string> arguments) => (Kind, _arguments) = (kind, arguments);

    /// <summary>What is asked for.</summary>
    public DirectiveKind Kind { get; }

    /// <summary>Its name.</summary>
    public string Name => Kind.Name;

    /// <summary>The argument of a name, or the parameter's default.</summary>
    public string this[string name] =>
        _arguments.TryGetValue(name, out var value) ? value : Kind.Parameters.Single(parameter => parameter.Name == name).Default;

    /// <summary>An argument that is a number.</summary>
    public double Number(string name) => double.Parse(this[name], NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>An argument that is a whole number.</summary>
    public int Whole(string name) => (int)Number(name);

    /// <summary>Whether the argument was named.</summary>
    public bool Has(string name) => _arguments.ContainsKey(name);

    /// <summary>The name and the arguments that were named, as <c>NAME=KEY:VALUE,KEY:VALUE</c>.</summary>
    public override string ToString() =>
        _arguments.Count == 0 ? Name : $"{Name}={string.Join(',', _arguments.Select(argument => $"{argument.Key}:{argument.Value}"))}";

    /// <summary>Reads a directive.</summary>
    /// <param name="kinds">What there is.</param>
    /// <param name="what">What it is called in messages, such as fault.</param>
    /// <param name="name">The name.</param>
    /// <param name="arguments"><c>KEY:VALUE,KEY:VALUE</c>; may be empty. A value may contain colons, and spaces inside.</param>
    /// <exception cref="FormatException">There is no such thing, or an argument is wrong; the message says what would be right.</exception>
    internal static Directive Parse(IReadOnlyList<DirectiveKind> kinds, string what, string name, string arguments)
    {
        var pairs = arguments.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => part.IndexOf(':') is var colon and > 0
            ? KeyValuePair.Create(part[..colon].Trim(), part[(colon + 1)..].Trim())
            : throw new FormatException($"An argument of {name} is KEY:VALUE, not '{part}'."));
        return Of(kinds, what, name, pairs);
    }

    /// <summary>Makes a directive of arguments that are separate already.</summary>
    /// <exception cref="FormatException">As for <see cref="Parse"/>.</exception>
    internal static Directive Of(IReadOnlyList<DirectiveKind> kinds, string what, string name, IEnumerable<KeyValuePair<string, string>> arguments)
    {
        var kind = kinds.FirstOrDefault(kind => kind.Name == name)
            ?? throw new FormatException($"There is no {what} '{name}'; there are {string.Join(", ", kinds.Select(kind => kind.Name))}.");
        var given = new Dictionary<string, string>();
        foreach (var (key, value) in arguments)
        {
            var parameter = kind.Parameters.FirstOrDefault(parameter => parameter.Name == key)
                ?? throw new FormatException(kind.Parameters.Count == 0
                    ? $"{name} takes no arguments, so not '{key}'."
                    : $"{name} has no '{key}'; it has {string.Join(", ", kind.Parameters.Select(parameter => parameter.Name))}.");
            if (!given.TryAdd(key, Checked(name, parameter, value)))
            {
                throw new FormatException($"{name} has '{key}' twice.");
            }
        }

        return new Directive(kind, given);
    }

    private static string Checked(string name, Parameter parameter, string value)
    {
        try
        {
            return parameter.Check(value);
        }
        catch (FormatException fault)
        {
            throw new FormatException($"{name}: {fault.Message}", fault);
        }
    }
}
