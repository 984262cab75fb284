using System.CommandLine;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Simulator;
using SeestarAlpaca.Simulator.Faults;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Scenario;
using SeestarAlpaca.Simulator.Switches;

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

    private readonly Option<string?> _replay = new("--replay") { Description = "A folder of FITS exposures (plain or gzip) to serve in place of the synthetic sky; with simulate also a recording." };

    private readonly Option<bool> _noAlign = new("--no-align") { Description = "Average the exposures of a replay without registering them." };

    private readonly Option<string[]> _fault = new("--fault") { Description = "A fault at the start, as NAME[=KEY:VALUE,KEY:VALUE]. May be repeated; an unknown name lists them all." };
    private readonly Option<string?> _scenario = new("--scenario") { Description = "A file that scripts the night: lines of TIME ACTION [KEY:VALUE,KEY:VALUE]." };

    private readonly Option<string[]> _switch = new("--switch") { Description = "Another way to be, as NAME=VALUE. May be repeated; an unknown name lists them all." };

    private Option[] All => [_seed, _subs, _timeScale, _model, _firmware, _sky, _replay, _noAlign, _switch, _fault, _scenario];

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

    /// <summary>The recording that is to be played; null if none is.</summary>
    /// <exception cref="OptionsException">The file cannot be read or is no recording, or other arguments are given that a recording has no use for.</exception>
    public (string File, double TimeScale)? ReadRecording(ParseResult arguments)
    {
        if (arguments.GetValue(_replay) is not { } file || !File.Exists(file))
        {
            return null;
        }

        try
        {
            if (!RecordingFile.IsRecording(file))
            {
                throw new OptionsException($"--replay takes a folder of FITS exposures or a recording; {file} is neither. --record FILE makes a recording.");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OptionsException($"--replay names a file that cannot be read: {exception.Message}");
        }

        return Array.Find(All, option => option != _replay && option != _timeScale && arguments.GetResult(option) is { Implicit: false }) is { } other
            ? throw new OptionsException($"{other.Name} is for a simulated sky; a recording is played as it is. Leave it out.")
            : (file, arguments.GetValue(_timeScale));
    }

    /// <summary>The simulator's options.</summary>
    /// <exception cref="OptionsException">A value is none of those that can be chosen.</exception>
    public SimulatorOptions Read(ParseResult arguments) => Switched(arguments, new SimulatorOptions
    {
        Seed = arguments.GetValue(_seed),
        Subs = arguments.GetValue(_subs),
        TimeScale = arguments.GetValue(_timeScale),
        Model = Choose<SeestarModel>("--model", arguments.GetValue(_model)!.Replace(" ", string.Empty, StringComparison.Ordinal)),
        Firmware = arguments.GetValue(_firmware),
        Sky = Choose<SyntheticSkyKind>("--sky", arguments.GetValue(_sky)!),
        ReplayDirectory = arguments.GetValue(_replay),
        ReplayAlign = !arguments.GetValue(_noAlign),
        Faults = [.. (arguments.GetValue(_fault) ?? []).Select(fault => Parse("--fault", fault, FaultControl.Parse))],
        Scenario = arguments.GetValue(_scenario) is { } file ? Parse($"--scenario {file}", ReadFile(file), ScenarioScript.Parse) : null,
        StartStacking = true,
    });

    private SimulatorOptions Switched(ParseResult arguments, SimulatorOptions options)
    {
        try
        {
            return SimulatorSwitches.Set(options, arguments.GetValue(_switch) ?? []);
        }
        catch (FormatException exception)
        {
            throw new OptionsException($"--switch: {exception.Message}");
        }
    }

    private static string ReadFile(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OptionsException($"--scenario names a file that cannot be read: {exception.Message}");
        }
    }

    private static T Parse<T>(string name, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (FormatException exception)
        {
            throw new OptionsException($"{name}: {exception.Message}");
        }
    }

    private static T Choose<T>(string name, string value)
        where T : struct, Enum =>
        Enum.TryParse<T>(value, ignoreCase: true, out var choice) && Enum.IsDefined(choice)
            ? choice
            : throw new OptionsException($"{name} is one of {string.Join(", ", Enum.GetNames<T>())}, not {value}.");
}
