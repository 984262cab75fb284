namespace SeestarAlpaca.Telescopes;

/// <summary>A telescope with the tasks of its session. What the session tells is handed on at each change.</summary>
internal sealed partial class RunningTelescope : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Action<Telescope> _note;
    private readonly ILogger _logger;
    private readonly Task _work;
    private Task? _end;

    private RunningTelescope(Telescope telescope, Action<Telescope> note, ILogger logger)
    {
        (Telescope, _note, _logger) = (telescope, note, logger);
        _work = Task.WhenAll(Task.Run(() => telescope.Session.RunAsync(_ending.Token)), Task.Run(() => WatchAsync(_ending.Token)));
    }

    public Telescope Telescope { get; }

    public static RunningTelescope Start(Telescope telescope, Action<Telescope> note, ILogger logger) => new(telescope, note, logger);

    /// <summary>Ends the session; the same end however often it is asked for. Never fails.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            return new ValueTask(_end ??= Task.Run(EndAsync));
        }
    }

    private async Task EndAsync()
    {
        await _ending.CancelAsync();
        try
        {
            await _work;
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception exception)
        {
            Log.Broke(_logger, Telescope.Name, exception);
        }

        Telescope.Dispose();
        _ending.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = Telescope.Session.Changed.Next;
            try
            {
                _note(Telescope);
            }
            catch (Exception exception)
            {
                // A bug must not keep the telescope from being watched.
                Log.Broke(_logger, Telescope.Name, exception);
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The session with {Telescope} broke for an unforeseen reason.", EventName = nameof(Broke))]
        public static partial void Broke(ILogger logger, string telescope, Exception exception);
    }
}
