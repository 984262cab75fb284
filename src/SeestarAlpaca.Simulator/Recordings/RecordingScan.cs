using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Seestar.Recording;
using ImageRequest = SeestarAlpaca.Simulator.Images.ImageRequest;
using Request = SeestarAlpaca.Simulator.Control.Request;

namespace SeestarAlpaca.Simulator.Recordings;

/// <summary>Reads through a recording once, and notes what is where. Pictures are passed over.</summary>
internal sealed class RecordingScan
{
    /// <summary>The telescope that is played.</summary>
    private const int Played = 1;

    /// <summary>Kinds of requests whose replies are kept apart; of more, replies are found by their method alone.</summary>
    private const int MostKeys = 1024;

    /// <summary>Longer parameters do not tell kinds of requests apart.</summary>
    private const int MostParameters = 512;

    /// <summary>Events that tell what the view is doing, in the form with <c>route</c> (<c>seestar-protocol.md</c> §3.7).</summary>
    private static readonly FrozenSet<string> ViewEvents =
        new[] { "View", "Stack", "ContinuousExposure", "AutoGoto", "Initialise", "RTSP", "ScopeHome", "ScopeMoveToHorizon" }.ToFrozenSet();

    private readonly RecordingFile _file;
    private readonly RecordingIndex _index = new();
    private readonly List<Moment> _moments = [];
    private readonly Dictionary<uint, ScannedConnection> _connections = [];
    private readonly Dictionary<RecordedPort, uint> _tellers = [];
    private TimeSpan? _began;
    private TimeSpan _now;
    private TimeSpan? _stackChanged;
    private TimeSpan? _stackAsked;
    private int? _stackCount;
    private bool _hadNoStack;
    private string? _told;

    private RecordingScan(RecordingFile file) => _file = file;

    /// <summary>Reads through a recording, up to its end or to where it is damaged.</summary>
    public static RecordingIndex Read(RecordingFile file)
    {
        var scan = new RecordingScan(file);
        try
        {
            for (var at = RecordingFile.First; file.Next(at) is { } place; at = place.End)
            {
                scan.Take(place, at);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or InvalidOperationException)
        {
            // JSON that is well formed but of other types is an invalid operation.
            scan._index.Damage = exception is InvalidDataException ? exception.Message : $"The recording {file.Path} has a line that is no JSON object.";
        }

        scan._index.Moments = [.. scan._moments.OrderBy(moment => moment.Time)];
        return scan._index;
    }

    private void Take(RecordPlace place, long at)
    {
        var head = place.Head;
        _now = head.Time - (_began ?? head.Time);
        _index.Duration = _now > _index.Duration ? _now : _index.Duration;
        if (head.Kind == RecordKind.End)
        {
            _index.IsWhole = true;
        }
        else if (head.Kind == RecordKind.Opened)
        {
            Open(head, OpenedConnection.Parse(_file.Read(place)));
        }
        else if (_connections.TryGetValue(head.Connection, out var connection))
        {
            Take(connection, place, at);
        }
    }

    private void Open(RecordHead head, OpenedConnection opened)
    {
        _index.Telescopes = Math.Max(_index.Telescopes, opened.Telescope);
        if (opened.Telescope == Played)
        {
            _began ??= head.Time;
            _index.Ports.Add(opened.Port);
            _connections[head.Connection] = new ScannedConnection(opened.Port);
        }
    }

    private void Take(ScannedConnection connection, RecordPlace place, long at)
    {
        switch (place.Head.Kind)
        {
            case RecordKind.Closed:
                _connections.Remove(place.Head.Connection);
                StopTelling(connection.Port, place.Head.Connection);
                break;
            case RecordKind.ClientLine when connection.Port == RecordedPort.Control:
                TakeRequest(connection, _file.Read(place));
                break;
            case RecordKind.ClientLine:
                TakeImageRequest(connection, place.Head.Connection, _file.Read(place));
                break;
            case RecordKind.TelescopeLine when connection.Port == RecordedPort.Control:
                TakeLine(connection, place);
                break;
            case RecordKind.Frame:
                BeginFrame(connection, place, at);
                break;
            case RecordKind.FrameData when connection.Frame is { } frame:
                connection.FrameRead += place.Head.Length;
                EndFrameIfComplete(connection, frame);
                break;
            case RecordKind.LeftOut:
                connection.Frame = null;
                _index.LeftOut += Number(_file.Read(place));
                break;
        }
    }

    /// <summary>
    /// Everybody who is connected is told the same; it is played as it was told to one of them. That is the first, and when that one has gone the next
    /// who is told something.
    /// </summary>
    private bool IsTeller(RecordedPort port, uint connection)
    {
        _tellers.TryAdd(port, connection);
        return _tellers[port] == connection;
    }

    private void StopTelling(RecordedPort port, uint connection)
    {
        if (_tellers.TryGetValue(port, out var teller) && teller == connection)
        {
            _tellers.Remove(port);
        }
    }

    private void TakeRequest(ScannedConnection connection, byte[] line)
    {
        if (Request.Read(line) is { Id: { } id } request)
        {
            _index.Asked.Add(request.Method);
            connection.Ask(id.GetRawText(), request.Method, request.Params?.GetRawText(), _now);
        }
    }

    private void TakeImageRequest(ScannedConnection connection, uint number, byte[] line)
    {
        if (ImageRequest.Read(line) is not { } request)
        {
            return;
        }

        switch (request.Method)
        {
            case "get_stacked_img":
                connection.Ask(Id(request.Id), request.Method, null, StackFrom());
                _stackAsked = _now;
                break;
            case "get_current_img":
                connection.Ask(Id(request.Id), request.Method, null, _now);
                break;
            case "stop_streaming":
                StopTelling(connection.Port, number);
                break;
        }
    }

    /// <summary>
    /// From when on the telescope has had the stack that is asked for now: since it told of a change, if nobody has asked since; since ever, if there has
    /// been no sign of another one. A stack must not become known only when its transfer had ended: whoever asks after the event wants that one.
    /// </summary>
    private TimeSpan StackFrom() =>
        _stackChanged is { } changed && (_stackAsked is not { } asked || asked < changed) ? changed
        : _stackChanged is null && _stackAsked is null && !_hadNoStack ? TimeSpan.Zero
        : _now;

    private void TakeLine(ScannedConnection connection, RecordPlace place)
    {
        using var json = JsonDocument.Parse(_file.Read(place));
        var line = json.RootElement;
        if (line.TryGetProperty("Event", out var happened) && happened.ValueKind == JsonValueKind.String)
        {
            TakeEvent(happened.GetString()!, line, place);
        }
        else if (line.TryGetProperty("id", out var id) && connection.Answer(id.GetRawText()) is { } request)
        {
            AddReply(RecordingIndex.Key(request.Method, null), place);
            if (request.Parameters is { Length: <= MostParameters } parameters)
            {
                AddReply(RecordingIndex.Key(request.Method, parameters), place);
            }
        }
    }

    private void TakeEvent(string name, JsonElement line, RecordPlace place)
    {
        if (name == "Version")
        {
            _index.Greetings.Add(_now, place);
        }
        else if (IsTeller(RecordedPort.Control, place.Head.Connection))
        {
            _moments.Add(new Moment(_now, place, null, RecordedPort.Control));
            NoteChange(name, line);
            if (name == "Stack" && line.TryGetProperty("stacked_frame", out var frames)
                && frames.ValueKind == JsonValueKind.Number && frames.TryGetInt32(out var count) && count != _stackCount)
            {
                (_stackChanged, _stackCount) = (_now, count);
            }
        }
    }

    /// <summary>An exposure is no change of the view, and neither is a report that repeats what was said.</summary>
    private void NoteChange(string name, JsonElement line)
    {
        if (ViewEvents.Contains(name) && line.TryGetProperty("route", out _))
        {
            var told = $"{name} {Text("state")} {Text("stage")} {Text("stacked_frame")} {Text("dropped_frame")}";
            if (told != _told)
            {
                _index.Changes.Add(_now, 0);
                _told = told;
            }
        }

        string Text(string member) => line.TryGetProperty(member, out var value) ? value.GetRawText() : string.Empty;
    }

    private void AddReply(string key, RecordPlace place)
    {
        if (!_index.Replies.TryGetValue(key, out var replies) && _index.Replies.Count < MostKeys)
        {
            _index.Replies[key] = replies = new Succession<RecordPlace>();
        }

        replies?.Add(_now, place);
    }

    private void BeginFrame(ScannedConnection connection, RecordPlace place, long at)
    {
        var header = place.Head.Length == FrameHeader.Length
            ? FrameHeader.Parse(_file.Read(place))
            : throw new InvalidDataException($"The recording {_file.Path} has a frame's header of {place.Head.Length} bytes at byte {at}; one has {FrameHeader.Length}.");
        connection.Frame = new RecordedFrame(place.Head.Connection, at, header);
        (connection.FrameTime, connection.FrameRead) = (_now, 0);
    }

    private void EndFrameIfComplete(ScannedConnection connection, RecordedFrame frame)
    {
        if (connection.FrameRead < frame.Header.PayloadLength)
        {
            return;
        }

        connection.Frame = null;
        var id = Id(frame.Header.RequestId);
        switch (frame.Header.Kind)
        {
            case FrameKind.Text when frame.Header.Form == PayloadForm.TextError:
                _hadNoStack |= connection.Answer(id, "get_stacked_img", "get_current_img") is { Method: "get_stacked_img" };
                break;
            case FrameKind.Stacked when connection.Answer(id, "get_stacked_img") is { } asked:
                Add(_index.Stacks, connection.Port, asked.From, frame);
                break;
            case FrameKind.Single when connection.Answer(id, "get_current_img") is not null:
                Add(_index.Subs, connection.Port, connection.FrameTime, frame);
                break;
            case FrameKind.Single or FrameKind.Stacked:
                Push(connection, frame);
                break;
        }
    }

    private void Push(ScannedConnection connection, RecordedFrame frame)
    {
        if (IsTeller(connection.Port, frame.Connection))
        {
            _moments.Add(new Moment(connection.FrameTime, null, frame, connection.Port));
        }

        if (frame.Header.Kind == FrameKind.Stacked)
        {
            Add(_index.Stacks, connection.Port, connection.FrameTime, frame);
        }
    }

    private static void Add(Dictionary<RecordedPort, Succession<RecordedFrame>> frames, RecordedPort port, TimeSpan from, RecordedFrame frame)
    {
        if (!frames.TryGetValue(port, out var succession))
        {
            frames[port] = succession = new Succession<RecordedFrame>();
        }

        succession.Add(from, frame);
    }

    private static string Id(byte id) => id.ToString(CultureInfo.InvariantCulture);

    private static long Number(byte[] payload)
    {
        using var json = JsonDocument.Parse(payload);
        return json.RootElement.TryGetProperty("bytes", out var number) && number.TryGetInt64(out var bytes) ? bytes : 0;
    }
}
