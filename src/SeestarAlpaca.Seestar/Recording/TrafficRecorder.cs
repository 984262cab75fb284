using System.Buffers;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>What waits to be written.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Connection">Of which connection.</param>
/// <param name="Time">Since the recording began.</param>
/// <param name="Buffer">Rented from the shared pool; empty where <c>Number</c> says all.</param>
/// <param name="Length">Bytes of the buffer that count.</param>
internal readonly record struct Traffic(RecordKind Kind, RecordedConnection Connection, TimeSpan Time, byte[] Buffer, int Length)
{
    /// <summary>Bytes that are not kept.</summary>
    public long Number { get; init; }

    /// <summary>What an opened connection is, as JSON.</summary>
    public byte[]? Opened { get; init; }

    /// <summary>Whether the payload is deflated: samples are, archives would only take time.</summary>
    public bool Deflates { get; init; }
}

/// <summary>
/// Records what passes between telescopes and their clients into one file, without secrets. Whoever tells of traffic never waits: it is masked and
/// written by a task of its own, and what comes faster than that is left out.
/// </summary>
/// <remarks>Thread safe. Ends by itself, once and with a sentence in the log, when the file cannot be written any more.</remarks>
public sealed partial class TrafficRecorder : IAsyncDisposable
{
    /// <summary>Bytes that may wait to be masked and written, unless said otherwise: eight seconds of previews.</summary>
    public const int DefaultMaxWaiting = 64 << 20;

    /// <summary>How long the end may take: neither much to mask nor a disk that does not answer may keep the program.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    /// <summary>Bytes that an entry takes besides its payload, about: many short lines are more than their characters.</summary>
    private const int EntrySize = 128;

    private const int BufferSize = 256 << 10;
    private const int MostNames = 1000;

    private readonly Channel<Traffic> _waiting = Channel.CreateUnbounded<Traffic>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<string, int> _telescopes = [];
    private readonly SecretMask _mask = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _started;
    private readonly int _maxWaiting;
    private readonly Task _writing;
    private long _waitingBytes;
    private uint _connections;
    private volatile bool _ended;

    internal TrafficRecorder(Stream? file, string path, string program, TimeProvider time, ILogger logger, int maxWaiting = DefaultMaxWaiting)
    {
        (Path, _time, _logger, _maxWaiting) = (path, time, logger, maxWaiting);
        _started = time.GetTimestamp();
        _ended = file is null;
        _writing = file is null ? Task.CompletedTask : Task.Run(() => RunAsync(file, program));
    }

    /// <summary>The file's name.</summary>
    public string Path { get; }

    /// <summary>Whether the file is being written.</summary>
    public bool IsRecording => !_ended;

    internal TimeSpan Now => _time.GetElapsedTime(_started);

    /// <summary>Whether the next piece can be taken.</summary>
    internal bool HasRoom => Interlocked.Read(ref _waitingBytes) < _maxWaiting;

    /// <summary>
    /// Begins a recording. A file that exists is kept: then the new one has a number in its name. Where no file can be made, the log says why, and
    /// nothing is recorded.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="program">Name and version of the program; told in the file.</param>
    /// <param name="time">Stamps what passes.</param>
    /// <param name="logger">Told of beginning and end.</param>
    public static TrafficRecorder Start(string path, string program, TimeProvider time, ILogger logger)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            var file = Create(path);
            Log.Began(logger, file.Name);
            return new TrafficRecorder(file, file.Name, program, time, logger);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Log.Impossible(logger, path, Sentence(exception));
            return new TrafficRecorder(null, path, program, time, logger);
        }
    }

    /// <summary>Tells of a new connection.</summary>
    /// <param name="port">Which port it is to.</param>
    /// <param name="telescope">What tells telescopes apart; only a number of its own is recorded.</param>
    public RecordedConnection Open(RecordedPort port, string telescope)
    {
        uint number;
        int telescopeNumber;
        lock (_telescopes)
        {
            number = ++_connections;
            telescopeNumber = _telescopes.TryGetValue(telescope, out var known) ? known : _telescopes[telescope] = _telescopes.Count + 1;
        }

        var connection = new RecordedConnection(this, port, number, new MaskedDialogue(_mask));
        Enqueue(new Traffic(RecordKind.Opened, connection, Now, [], 0) { Opened = new OpenedConnection(port, telescopeNumber).ToJson() });
        return connection;
    }

    /// <summary>Writes what waits, and ends the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        try
        {
            await _writing.WaitAsync(Farewell, _time);
        }
        catch (TimeoutException)
        {
            Log.CutOff(_logger, Path, Farewell.TotalSeconds);
        }
    }

    /// <summary>Takes a buffer to be written; false, with the buffer given back, if too much waits already.</summary>
    internal bool TryWrite(Traffic traffic)
    {
        if (_ended || !HasRoom)
        {
            ArrayPool<byte>.Shared.Return(traffic.Buffer);
            return _ended;
        }

        Enqueue(traffic);
        return true;
    }

    /// <summary>Takes a record without bytes of the traffic itself; these always have room.</summary>
    internal void Tell(RecordKind kind, RecordedConnection connection, long number = 0) =>
        Enqueue(new Traffic(kind, connection, Now, [], 0) { Number = number });

    private static string Sentence(Exception exception) => exception.Message.TrimEnd('.') + ".";

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = BufferSize };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var full = System.IO.Path.GetFullPath(path);
        var name = full;
        for (var number = 2; File.Exists(name) && number < MostNames; number++)
        {
            name = $"{System.IO.Path.ChangeExtension(full, null)}-{number}{System.IO.Path.GetExtension(full)}";
        }

        return new FileStream(name, options);
    }

    private void Enqueue(Traffic traffic)
    {
        Interlocked.Add(ref _waitingBytes, traffic.Length + EntrySize);
        if (_ended || !_waiting.Writer.TryWrite(traffic))
        {
            GiveBack(traffic);
        }
    }

    private void GiveBack(Traffic traffic)
    {
        Interlocked.Add(ref _waitingBytes, -traffic.Length - EntrySize);
        if (traffic.Buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(traffic.Buffer);
        }
    }

    private async Task RunAsync(Stream file, string program)
    {
        try
        {
            await using (file)
            {
                using var writer = new RecordWriter(file);
                await writer.BeginAsync(program, CancellationToken.None);
                await WriteAllAsync(file, writer);
                await writer.WriteAsync(RecordKind.End, 0, Now, default, deflate: false, CancellationToken.None);
            }

            _ended = true;
            Log.Ended(_logger, Path, Now);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ObjectDisposedException)
        {
            Log.Failed(_logger, Path, Sentence(exception));
        }
        catch (Exception exception)
        {
            // Whatever it is, it ends the recording only, and is told.
            Log.Broke(_logger, exception, Path);
        }
        finally
        {
            // Whoever tells of something now sees that nothing is taken any more; what came in between is given back here.
            _ended = true;
            while (_waiting.Reader.TryRead(out var traffic))
            {
                GiveBack(traffic);
            }
        }
    }

    private async Task WriteAllAsync(Stream file, RecordWriter writer)
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (_waiting.Reader.TryRead(out var traffic))
            {
                try
                {
                    await WriteAsync(writer, traffic);
                }
                finally
                {
                    GiveBack(traffic);
                }
            }

            // A program that is killed leaves what it had recorded.
            await file.FlushAsync();
        }
    }

    private static async ValueTask WriteAsync(RecordWriter writer, Traffic traffic)
    {
        var bytes = traffic.Buffer.AsMemory(0, traffic.Length);
        var (connection, dialogue) = (traffic.Connection.Number, traffic.Connection.Dialogue);
        switch (traffic.Kind)
        {
            case RecordKind.TelescopeLine or RecordKind.ClientLine:
                var masked = traffic.Kind == RecordKind.ClientLine ? dialogue.Request(bytes.Span) : dialogue.Answer(bytes.Span);
                await (masked is null || masked.Length > RecordHead.MaxPayload
                    ? WriteAsync(writer, traffic with { Kind = RecordKind.Unreadable, Number = traffic.Length })
                    : writer.WriteAsync(traffic.Kind, connection, traffic.Time, masked, deflate: false, CancellationToken.None));
                break;
            case RecordKind.Frame when traffic.Length > FrameHeader.Length:
                if (dialogue.TextFrame(bytes.Span[..FrameHeader.Length], bytes.Span[FrameHeader.Length..]) is not var (header, text))
                {
                    await WriteAsync(writer, traffic with { Kind = RecordKind.Unreadable, Number = traffic.Length - FrameHeader.Length });
                    break;
                }

                await writer.WriteAsync(RecordKind.Frame, connection, traffic.Time, header, deflate: false, CancellationToken.None);
                await writer.WriteAsync(RecordKind.FrameData, connection, traffic.Time, text, deflate: false, CancellationToken.None);
                break;
            case RecordKind.Unreadable or RecordKind.LeftOut:
                var number = Encoding.ASCII.GetBytes($$"""{"bytes":{{traffic.Number}}}""");
                await writer.WriteAsync(traffic.Kind, connection, traffic.Time, number, deflate: false, CancellationToken.None);
                break;
            default:
                await writer.WriteAsync(traffic.Kind, connection, traffic.Time, traffic.Opened ?? bytes, traffic.Deflates, CancellationToken.None);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The telescope's traffic is recorded, without secrets, in {File}.", EventName = nameof(Began))]
        public static partial void Began(ILogger logger, string file);

        [LoggerMessage(2, LogLevel.Error, "Nothing is recorded, since {File} cannot be made: {Reason} All else goes on.", EventName = nameof(Impossible))]
        public static partial void Impossible(ILogger logger, string file, string reason);

        [LoggerMessage(3, LogLevel.Error, "The recording {File} has ended, since it cannot be written any more: {Reason} All else goes on.", EventName = nameof(Failed))]
        public static partial void Failed(ILogger logger, string file, string reason);

        [LoggerMessage(4, LogLevel.Information, "The recording {File} is complete, {Duration} long.", EventName = nameof(Ended))]
        public static partial void Ended(ILogger logger, string file, TimeSpan duration);

        [LoggerMessage(5, LogLevel.Error, "The recording {File} is cut off, since masking and writing what still waited took longer than {Seconds} s.", EventName = nameof(CutOff))]
        public static partial void CutOff(ILogger logger, string file, double seconds);

        [LoggerMessage(6, LogLevel.Error, "The recording {File} has ended because of an error that nobody expected. All else goes on.", EventName = nameof(Broke))]
        public static partial void Broke(ILogger logger, Exception exception, string file);
    }
}
