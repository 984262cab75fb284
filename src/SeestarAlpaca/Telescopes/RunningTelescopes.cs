using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Images;
using SessionOptions = SeestarAlpaca.Seestar.Session.SessionOptions;

namespace SeestarAlpaca.Telescopes;

/// <summary>One running telescope for each record: starts and ends their sessions as records come, go and move.</summary>
/// <remarks>Guarded by the lock of the <see cref="TelescopeRegistry"/>, except for <see cref="List"/>.</remarks>
/// <param name="isSimulated">Whether the telescopes are the demo's.</param>
/// <param name="options">How sessions behave.</param>
/// <param name="transports">Opens connections.</param>
/// <param name="note">Told, on other threads, of each change of a session.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Seeds the jitter of sessions.</param>
/// <param name="loggers">Makes the loggers.</param>
internal sealed partial class RunningTelescopes(
    bool isSimulated, SessionOptions options, TransportFactory transports, Action<Telescope> note, TimeProvider time, Random random, ILoggerFactory loggers)
{
    private readonly Dictionary<Guid, RunningTelescope> _running = [];
    private readonly List<Task> _ends = [];
    private readonly ILogger _logger = loggers.CreateLogger<RunningTelescopes>();
    private IReadOnlyList<object?> _cameras = [];
    private volatile IReadOnlyList<Telescope> _list = [];
    private bool _stopped;

    /// <summary>All, in the order of their camera numbers. The same list as long as no telescope, and no camera of one, comes or goes. Thread safe.</summary>
    public IReadOnlyList<Telescope> List => _list;

    /// <summary>The telescope with that id; null when there is none.</summary>
    public Telescope? Find(Guid id) => _running.GetValueOrDefault(id)?.Telescope;

    /// <summary>Lets there be one for each of these records.</summary>
    public void Follow(IReadOnlyList<TelescopeRecord> records)
    {
        foreach (var running in _running.Values.ToList())
        {
            Follow(running, records.FirstOrDefault(record => record.Id == running.Telescope.Record.Id));
        }

        foreach (var record in records.Where(record => !_stopped && !_running.ContainsKey(record.Id)))
        {
            Start(record);
        }

        Telescope[] telescopes = [.. _running.Values.Select(running => running.Telescope).OrderBy(telescope => telescope.Record.Cameras.Min(camera => camera.Number))];
        object?[] cameras = [.. telescopes.SelectMany(telescope => telescope.Record.Cameras.Append<object?>(telescope.Record.Choices))];
        if (!telescopes.SequenceEqual(_list) || !cameras.SequenceEqual(_cameras))
        {
            (_list, _cameras) = (telescopes, cameras);
        }
    }

    /// <summary>Ends all; none begins any more.</summary>
    /// <returns>The end of all that have ever run; never fails.</returns>
    public Task StopAsync()
    {
        _stopped = true;
        return Task.WhenAll([.. _ends, .. _running.Values.Select(running => running.DisposeAsync().AsTask())]);
    }

    private void Follow(RunningTelescope running, TelescopeRecord? record)
    {
        var telescope = running.Telescope;
        var moves = record is not null && record.Address != telescope.Record.Address;

        // A session that was with another telescope knows that one's state and holds its pictures: it cannot go on as this one's.
        if (record is null || (moves && (record.Address is null || telescope.IsConnected)))
        {
            _running.Remove(telescope.Record.Id);
            _ends.RemoveAll(end => end.IsCompleted);
            _ends.Add(running.DisposeAsync().AsTask());
            return;
        }

        if (moves)
        {
            Log.Moved(_logger, telescope.Name, record.Address);
        }

        telescope.Record = record;
    }

    private void Start(TelescopeRecord record)
    {
        var telescope = new Telescope(record, isSimulated, options, transports, new PixelPool(), time, new Random(random.Next()), loggers);
        Log.Known(_logger, telescope.Name, record.Address ?? "an unknown address", string.Join(", ", record.Cameras.Select(camera => camera.Number)));
        _running[record.Id] = RunningTelescope.Start(telescope, note, _logger);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Telescope} at {Address} has the cameras {Cameras}.", EventName = nameof(Known))]
        public static partial void Known(ILogger logger, string telescope, string address, string cameras);

        [LoggerMessage(2, LogLevel.Information, "{Telescope} is now at {Address}.", EventName = nameof(Moved))]
        public static partial void Moved(ILogger logger, string telescope, string? address);
    }
}
