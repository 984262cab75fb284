using SeestarAlpaca.Alpaca.Contracts;

namespace SeestarAlpaca.Alpaca.Sessions;

/// <summary>Disposes driver objects that nobody uses any more, on the thread pool, since it is foreign code and may wait.</summary>
/// <remarks>Thread safe.</remarks>
internal sealed partial class DriverDisposal(ILogger logger)
{
    private readonly Lock _gate = new();
    private Task _all = Task.CompletedTask;

    /// <summary>Ends when everything handed over so far is disposed; never fails.</summary>
    public Task Completion
    {
        get
        {
            lock (_gate)
            {
                return _all;
            }
        }
    }

    /// <summary>Hands a driver object over; returns at once.</summary>
    public void Add(IAscomDevice driver)
    {
        lock (_gate)
        {
            var disposing = Task.Run(() => Dispose(driver));
            _all = _all.IsCompleted ? disposing : Task.WhenAll(_all, disposing);
        }
    }

    private void Dispose(IAscomDevice driver)
    {
        try
        {
            driver.Dispose();
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A device driver failed while it was disposed.", EventName = nameof(Failed))]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
