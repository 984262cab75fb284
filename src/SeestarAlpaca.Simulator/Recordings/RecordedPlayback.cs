using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Simulator.Time;

namespace SeestarAlpaca.Simulator.Recordings;

/// <summary>Plays a recording for all who are connected. Its time begins with the first connection.</summary>
/// <remarks>Thread safe.</remarks>
internal sealed partial class RecordedPlayback : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly RecordingFile _file;
    private readonly Agenda _agenda;
    private readonly ILogger _logger;
    private readonly List<Action<byte[]>> _listeners = [];
    private readonly List<(RecordedPort Port, Action<RecordedFrame> Push)> _streams = [];
    private TimeSpan? _began;

    public RecordedPlayback(RecordingFile file, double timeScale, TimeProvider time, ILogger logger)
    {
        (_file, _logger) = (file, logger);
        Index = RecordingScan.Read(file);
        _agenda = new Agenda(new Clock(time, timeScale), time);
        Log.Read(logger, file.Path, Index.Duration, Index.Moments.Count, Index.Stacks.Values.Sum(stacks => stacks.Count));
        if (Index.Damage is { } damage)
        {
            Log.Damaged(logger, damage, Index.Duration);
        }
        else if (!Index.IsWhole)
        {
            Log.CutOff(logger, file.Path, Index.Duration);
        }

        if (Index.LeftOut > 0)
        {
            Log.Gaps(logger, Index.LeftOut);
        }

        if (Index.Telescopes > 1)
        {
            Log.OneOfMany(logger, Index.Telescopes);
        }
    }

    /// <summary>What is where in the recording.</summary>
    public RecordingIndex Index { get; }

    /// <summary>Completes when all has been played.</summary>
    public TaskCompletionSource Played { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TimeSpan Now => _agenda.Now - (_began ?? _agenda.Now);

    /// <summary>A new control connection: it is greeted, and told all that happens from now on.</summary>
    public void Join(Action<byte[]> listener) => _agenda.Enter(() =>
    {
        Begin();
        if (Index.Greetings.TryGet(Now, orFirst: true, out var greeting))
        {
            listener(Line(_file.Read(greeting)));
        }

        _listeners.Add(listener);
    });

    /// <summary>A control connection has ended.</summary>
    public void Leave(Action<byte[]> listener) => _agenda.Enter(() => _listeners.Remove(listener));

    /// <summary>A new image connection.</summary>
    public void JoinImages() => _agenda.Enter(Begin);

    /// <summary>A connection wants what is pushed.</summary>
    public void Stream(RecordedPort port, Action<RecordedFrame> push) => _agenda.Enter(() =>
    {
        _streams.RemoveAll(stream => stream.Push == push);
        _streams.Add((port, push));
    });

    /// <summary>A connection wants nothing more pushed.</summary>
    public void EndStream(Action<RecordedFrame> push) => _agenda.Enter(() => _streams.RemoveAll(stream => stream.Push == push));

    /// <summary>The stack that the telescope had at this time; null for none.</summary>
    public RecordedFrame? Stack(RecordedPort port) => _agenda.Enter(() => Find(Index.Stacks, port));

    /// <summary>The single picture that the telescope had at this time; null for none.</summary>
    public RecordedFrame? Sub(RecordedPort port) => _agenda.Enter(() => Find(Index.Subs, port));

    /// <summary>The line with which the telescope answers; null if it does not.</summary>
    /// <exception cref="InvalidDataException">The recording is damaged there.</exception>
    public byte[]? Answer(string method, string? parameters, string id) => _agenda.Enter(() =>
    {
        foreach (var key in (string[])[RecordingIndex.Key(method, parameters), RecordingIndex.Key(method, null)])
        {
            if (Index.Replies.TryGetValue(key, out var replies) && replies.TryGetNearest(Now, Index.Changes, out var reply))
            {
                return Line(WithId(_file.Read(reply), id));
            }
        }

        return null;
    });

    /// <summary>The payload of a frame, piece by piece.</summary>
    /// <exception cref="InvalidDataException">The recording is damaged there.</exception>
    public IEnumerable<byte[]> Payload(RecordedFrame frame)
    {
        var (at, left) = (_file.Next(frame.At)!.Value.End, frame.Header.PayloadLength);
        while (left > 0 && _file.Next(at) is { } place)
        {
            if (place.Head.Connection == frame.Connection && place.Head.Kind == RecordKind.FrameData)
            {
                left -= place.Head.Length;
                yield return _file.Read(place);
            }

            at = place.End;
        }
    }

    /// <summary>The 80 bytes of a frame's header, as the answer to a request.</summary>
    public byte[] Header(RecordedFrame frame, byte id)
    {
        var header = _file.Read(_file.Next(frame.At)!.Value);
        header[15] = id;
        return header;
    }

    /// <summary>Tells that a part of the recording cannot be read.</summary>
    public void TellDamage(InvalidDataException damage) => Log.Unreadable(_logger, damage.Message);

    /// <summary>Ends the playing.</summary>
    public void End()
    {
        _agenda.End();
        _end.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _agenda.Dispose();
        _end.Dispose();
    }

    private static byte[] Line(byte[] text) => [.. text, (byte)'\r', (byte)'\n'];

    /// <summary>A reply with another id; all else stays as it is.</summary>
    private static byte[] WithId(byte[] line, string id)
    {
        var reader = new Utf8JsonReader(line);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("id"))
            {
                reader.Read();
                return [.. line.AsSpan(0, (int)reader.TokenStartIndex), .. Encoding.UTF8.GetBytes(id), .. line.AsSpan((int)reader.BytesConsumed)];
            }
        }

        return line;
    }

    private RecordedFrame? Find(Dictionary<RecordedPort, Succession<RecordedFrame>> frames, RecordedPort port) =>
        frames.TryGetValue(port, out var succession) && succession.TryGet(Now, orFirst: false, out var frame) ? frame : null;

    private void Begin()
    {
        if (_began is null)
        {
            _began = _agenda.Now;
            _ = PlayAsync(_end.Token);
        }
    }

    /// <summary>Within the agenda, so that each moment has its exact time.</summary>
    private async Task PlayAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var moment in Index.Moments)
            {
                if (moment.Time > Now)
                {
                    await _agenda.DelayAsync(moment.Time - Now, cancellationToken);
                }

                Play(moment);
            }

            Log.Played(_logger, Index.Duration);
            Played.TrySetResult();
        }
        catch (OperationCanceledException)
        {
            Played.TrySetCanceled(CancellationToken.None);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            Log.Damaged(_logger, exception.Message, Now);
            Played.TrySetResult();
        }
    }

    private void Play(Moment moment)
    {
        if (moment.Event is { } place)
        {
            var line = Line(_file.Read(place));
            Array.ForEach(_listeners.ToArray(), listener => listener(line));
        }
        else
        {
            foreach (var (_, push) in _streams.Where(stream => stream.Port == moment.Port).ToArray())
            {
                push(moment.Frame!);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The recording {File} is {Duration} long, with {Moments} events and previews and {Stacks} stacks.", EventName = nameof(Read))]
        public static partial void Read(ILogger logger, string file, TimeSpan duration, int moments, int stacks);

        [LoggerMessage(2, LogLevel.Warning, "The recording {File} was cut off; it is played up to its last whole record, {Duration} after its beginning.", EventName = nameof(CutOff))]
        public static partial void CutOff(ILogger logger, string file, TimeSpan duration);

        [LoggerMessage(3, LogLevel.Error, "{Damage} It is played up to there, {Duration} after its beginning.", EventName = nameof(Damaged))]
        public static partial void Damaged(ILogger logger, string damage, TimeSpan duration);

        [LoggerMessage(4, LogLevel.Warning, "{Bytes} bytes were left out when it was recorded, since the disk was too slow; frames that they are part of are not played.", EventName = nameof(Gaps))]
        public static partial void Gaps(ILogger logger, long bytes);

        [LoggerMessage(5, LogLevel.Warning, "The recording has {Telescopes} telescopes; the first one is played.", EventName = nameof(OneOfMany))]
        public static partial void OneOfMany(ILogger logger, int telescopes);

        [LoggerMessage(7, LogLevel.Error, "{Damage} The connection that wanted what is there is closed.", EventName = nameof(Unreadable))]
        public static partial void Unreadable(ILogger logger, string damage);

        [LoggerMessage(6, LogLevel.Information, "All {Duration} of the recording have been played; the last stack and the last replies stay.", EventName = nameof(Played))]
        public static partial void Played(ILogger logger, TimeSpan duration);
    }
}
