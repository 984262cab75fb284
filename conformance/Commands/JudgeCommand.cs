using System.CommandLine;
using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;
using SeestarAlpaca.Conformance.Reports;

namespace SeestarAlpaca.Conformance.Commands;

/// <summary>What the commands have in common: strictness, reports, exit code.</summary>
internal abstract class JudgeCommand : Command
{
    private readonly Option<bool> _strict = new("--strict") { Description = "As ConformU's strict mode, and count what only other clients fail on." };
    private readonly Option<bool> _tolerant = new("--tolerant") { Description = "As ConformU's tolerant mode (the default)." };
    private readonly Option<FileInfo?> _json = new("--json") { Description = "Write a report for programs to this file." };
    private readonly Option<FileInfo?> _markdown = new("--markdown") { Description = "Write a report for people to this file." };

    protected JudgeCommand(string name, string description)
        : base(name, description)
    {
        Options.Add(_strict);
        Options.Add(_tolerant);
        Options.Add(_json);
        Options.Add(_markdown);
        SetAction(InvokeAsync);
    }

    /// <summary>Where checks under way are shown.</summary>
    protected static IProgress<CheckResult> Progress { get; } = new TerminalProgress();

    /// <summary>Whether the run is strict.</summary>
    protected bool IsStrict(ParseResult arguments) => arguments.GetValue(_strict);

    /// <summary>Judges.</summary>
    /// <exception cref="UsageException">An option cannot be used.</exception>
    /// <exception cref="NoReplyException">There is nobody to judge.</exception>
    protected abstract Task<IReadOnlyList<RunReport>> JudgeAsync(ParseResult arguments, CancellationToken cancellationToken);

    /// <summary>A duration from an option in seconds.</summary>
    /// <exception cref="UsageException">It is not within the limits.</exception>
    protected static TimeSpan Seconds(ParseResult arguments, Option<double> option, double min, double max)
    {
        var seconds = arguments.GetValue(option);
        return seconds >= min && seconds <= max
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"{option.Name} is a number of seconds from {min} to {max}, not {seconds}.");
    }

    private async Task<int> InvokeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            if (arguments.GetValue(_strict) && arguments.GetValue(_tolerant))
            {
                throw new UsageException("--strict and --tolerant exclude each other.");
            }

            var runs = await JudgeAsync(arguments, cancellationToken);
            foreach (var run in runs)
            {
                ConsoleReport.Write(run, Console.Out);
            }

            await WriteAsync(arguments.GetValue(_json), () => JsonReport.Write(runs), cancellationToken);
            await WriteAsync(arguments.GetValue(_markdown), () => MarkdownReport.Write(runs), cancellationToken);
            return ExitCode.Of([.. runs]);
        }
        catch (UsageException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCode.Usage;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCode.Usage;
        }
        catch (NoReplyException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCode.Errors;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Cancelled; nothing was judged.");
            return ExitCode.Errors;
        }
    }

    private static async Task WriteAsync(FileInfo? file, Func<string> text, CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            await File.WriteAllTextAsync(file.FullName, text(), cancellationToken);
        }
    }
}

/// <summary>The command line cannot be used; the message says what would be right.</summary>
internal sealed class UsageException(string message) : Exception(message);
