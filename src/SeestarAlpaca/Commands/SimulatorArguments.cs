using System.CommandLine;
using SeestarAlpaca.Options;
using SeestarAlpaca.Simulator;
using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Commands;

/// <summary>The arguments of a simulated telescope that <c>serve --demo</c> and <c>simulate</c> share.</summary>
internal sealed class SimulatorArguments(double timeScale)
{
    private readonly Option<int> _seed = new("--seed") { Description = "Draws the sky; default 1.", DefaultValueFactory = _ => 1 };
    private readonly Option<int?> _subs = new("--subs") { Description = "Freeze the stack after so many exposures; default never." };
    private readonly Option<double> _timeScale = new("--time-scale")
    {
        Description = $"How much faster than real the telescope works; default {timeScale}.",
        DefaultValueFactory = _ => timeScale,
    };

    private readonly Option<string> _model = new("--model") { Description = "S50, S30 or S30Pro; default S50.", DefaultValueFactory = _ => "S50" };
    private readonly Option<string?> _firmware = new("--firmware") { Description = "Firmware version, such as 6.70; default the model's commonest." };
    private readonly Option<string> _sky = new("--sky")
    {
        Description = "Stars or LetterF (an upright F, to check orientation); default Stars.",
        DefaultValueFactory = _ => nameof(SyntheticSkyKind.Stars),
    };

    private readonly Option<string?> _replay = new("--replay") { Description = "A folder of FITS exposures (plain or gzip) to serve in place of the synthetic sky." };

    private readonly Option<bool> _noAlign = new("--no-align") { Description = "Average the exposures of a replay without registering them." };

    private Option[] All => [_seed, _subs, _timeScale, _model, _firmware, _sky, _replay, _noAlign];

    public void AddTo(Command command, string prefix = "")
    {
        foreach (var option in All)
        {
            option.Description = option.Description!.StartsWith(prefix, StringComparison.Ordinal) ? option.Description : prefix + option.Description;
            command.Options.Add(option);
        }
    }

    /// <summary>The name of the first argument that was really given; null when none was.</summary>
    public string? FirstUsed(ParseResult arguments) => Array.Find(All, option => arguments.GetResult(option) is { Implicit: false })?.Name;

    /// <summary>The simulator's options.</summary>
    /// <exception cref="OptionsException">A value is none of those that can be chosen.</exception>
    public SimulatorOptions Read(ParseResult arguments) => new()
    {
        Seed = arguments.GetValue(_seed),
        Subs = arguments.GetValue(_subs),
        TimeScale = arguments.GetValue(_timeScale),
        Model = Choose<SeestarModel>("--model", arguments.GetValue(_model)!.Replace(" ", string.Empty, StringComparison.Ordinal)),
        Firmware = arguments.GetValue(_firmware),
        Sky = Choose<SyntheticSkyKind>("--sky", arguments.GetValue(_sky)!),
        ReplayDirectory = arguments.GetValue(_replay),
        ReplayAlign = !arguments.GetValue(_noAlign),
        StartStacking = true,
    };

    private static T Choose<T>(string name, string value)
        where T : struct, Enum =>
        Enum.TryParse<T>(value, ignoreCase: true, out var choice) && Enum.IsDefined(choice)
            ? choice
            : throw new OptionsException($"{name} is one of {string.Join(", ", Enum.GetNames<T>())}, not {value}.");
}
