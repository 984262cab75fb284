using System.Text.RegularExpressions;
using SeestarAlpaca.Options;
using SeestarAlpaca.Simulator;
using SeestarAlpaca.Simulator.Recordings;

namespace SeestarAlpaca.Demo;

/// <summary>The simulated telescope of <c>serve --demo</c>, inside the server's own process.</summary>
internal static partial class DemoTelescope
{
    /// <summary>A first picture within 5 s, and a new one every two seconds.</summary>
    public const double DefaultTimeScale = 8;

    /// <summary>Starts a simulated telescope.</summary>
    /// <exception cref="OptionsException">Its options or ports cannot be used.</exception>
    public static async Task<SeestarSimulator> StartAsync(
        SimulatorOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken) =>
        await StartAsync(() => SeestarSimulator.StartAsync(options, time, loggers, cancellationToken));

    /// <summary>Starts a telescope that plays a recording.</summary>
    /// <exception cref="OptionsException">The recording, or a port, cannot be used.</exception>
    public static async Task<RecordedTelescope> StartAsync(
        RecordedTelescopeOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken) =>
        await StartAsync(() => RecordedTelescope.StartAsync(options, time, loggers, cancellationToken));

    private static async Task<T> StartAsync<T>(Func<Task<T>> start)
    {
        try
        {
            return await start();
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or InvalidDataException or System.Net.Sockets.SocketException)
        {
            throw new OptionsException($"The simulated telescope cannot be started: {Sentence(exception)}");
        }
    }

    /// <summary>
    /// What .NET appends about a parameter of the code means nothing to a user, who moreover has typed <c>time-scale</c> and not <c>TimeScale</c>.
    /// </summary>
    private static string Sentence(Exception exception)
    {
        var message = exception is ArgumentException { ParamName: { } name }
            ? exception.Message.Replace($" (Parameter '{name}')", string.Empty, StringComparison.Ordinal)
            : exception.Message;
        return PropertyName().Replace(message, match => string.Join('-', Word().Matches(match.Value).Select(word => word.Value.ToLowerInvariant())));
    }

    [GeneratedRegex("(?<![A-Za-z])(?:[A-Z][a-z]+){2,}(?= (?:is|has) )", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PropertyName();

    [GeneratedRegex("[A-Z][a-z]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
