using System.Collections.Frozen;
using System.Net;

namespace SeestarAlpaca.Simulator.Video;

/// <summary>What a client that plays is to be sent.</summary>
/// <param name="Clip">The loop.</param>
/// <param name="Transport">The channels.</param>
/// <param name="Source">The SSRC.</param>
/// <param name="FirstSequence">The number of the first packet.</param>
/// <param name="FirstFrame">The frame to begin with, a key frame.</param>
internal sealed record PlayOrder(VideoClip Clip, RtspTransport Transport, uint Source, ushort FirstSequence, long FirstFrame);

/// <summary>
/// The server's side of one RTSP connection (RFC 2326): requests in, replies out, and whether the client plays. A session lives within its connection.
/// Not thread safe.
/// </summary>
/// <param name="clip">Gets the loop, or throws <see cref="VideoUnavailableException"/>.</param>
/// <param name="address">The address the client has reached.</param>
/// <param name="time">The time of day.</param>
/// <param name="random">Makes the session's name and the numbers that begin at random.</param>
internal sealed class RtspDialogue(Func<CancellationToken, Task<VideoClip>> clip, IPAddress address, TimeProvider time, Random random)
{
    /// <summary>The path of the video (<c>seestar-protocol.md</c> §6).</summary>
    public const string Path = "/stream";

    /// <summary>Silence of a client after which its session ends.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private const string Methods = "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER";
    private const string TrackPath = $"{Path}/{SessionDescription.Track}";

    private static readonly FrozenSet<string> NotAllowed = FrozenSet.Create("ANNOUNCE", "PAUSE", "RECORD", "REDIRECT", "SET_PARAMETER");

    private static readonly FrozenDictionary<string, Handler> Handlers = new Dictionary<string, Handler>
    {
        ["OPTIONS"] = (_, _, _) => new(new RtspReply(RtspStatus.OK, ("Public", Methods))),
        ["DESCRIBE"] = (dialogue, request, cancellationToken) => dialogue.DescribeAsync(request, cancellationToken),
        ["SETUP"] = (dialogue, request, _) => new(dialogue.SetUp(request)),
        ["PLAY"] = (dialogue, request, cancellationToken) => dialogue.PlayAsync(request, cancellationToken),
        ["TEARDOWN"] = (dialogue, _, _) => new(dialogue.TearDown()),
        ["GET_PARAMETER"] = (dialogue, _, _) => new(dialogue.OK()),
    }.ToFrozenDictionary();

    private readonly uint _source = (uint)random.NextInt64(uint.MaxValue);
    private string? _session;
    private RtspTransport _transport;

    private delegate ValueTask<RtspReply> Handler(RtspDialogue dialogue, RtspRequest request, CancellationToken cancellationToken);

    /// <summary>What the client is to be sent after the reply; null while it does not play.</summary>
    public PlayOrder? Playing { get; private set; }

    /// <summary>Answers a request.</summary>
    public async ValueTask<RtspReply> AnswerAsync(RtspRequest request, CancellationToken cancellationToken)
    {
        if (Refusal(request) is { } refusal)
        {
            return refusal;
        }

        try
        {
            return await Handlers[request.Method](this, request, cancellationToken);
        }
        catch (VideoUnavailableException)
        {
            return new RtspReply(RtspStatus.ServiceUnavailable);
        }
    }

    /// <summary>What is wrong with a request whatever its method does; null for nothing.</summary>
    private RtspReply? Refusal(RtspRequest request)
    {
        if (request.Version != "RTSP/1.0")
        {
            return new RtspReply(RtspStatus.VersionNotSupported);
        }

        if (request.Sequence is null)
        {
            return new RtspReply(RtspStatus.BadRequest);
        }

        if (!Handlers.ContainsKey(request.Method))
        {
            return NotAllowed.Contains(request.Method)
                ? new RtspReply(RtspStatus.MethodNotAllowed, ("Allow", Methods))
                : new RtspReply(RtspStatus.NotImplemented, ("Public", Methods));
        }

        if (request.Header("Require") is { } feature)
        {
            return new RtspReply(RtspStatus.OptionNotSupported, ("Unsupported", feature));
        }

        if (!IsPath(request))
        {
            return new RtspReply(RtspStatus.NotFound);
        }

        if (request.Header("Session") is { } session && session.Split(';')[0].Trim() != _session)
        {
            return new RtspReply(RtspStatus.SessionNotFound);
        }

        return IsValidState(request) ? null : new RtspReply(RtspStatus.MethodNotValidInThisState);
    }

    private static bool IsPath(RtspRequest request)
    {
        if (request.Target == "*")
        {
            return request.Method is "OPTIONS" or "GET_PARAMETER";
        }

        return Uri.TryCreate(request.Target, UriKind.Absolute, out var uri) && uri.Scheme == "rtsp"
            && uri.AbsolutePath.TrimEnd('/') is var path && (path == Path || (path == TrackPath && request.Method != "DESCRIBE"));
    }

    /// <summary>PLAY and TEARDOWN need a session; a second SETUP may only change the session that it names, and not while it plays.</summary>
    private bool IsValidState(RtspRequest request) => request.Method switch
    {
        "PLAY" or "TEARDOWN" => _session is not null && request.Header("Session") is not null,
        "SETUP" => _session is null || (Playing is null && request.Header("Session") is not null),
        _ => true,
    };

    private async ValueTask<RtspReply> DescribeAsync(RtspRequest request, CancellationToken cancellationToken)
    {
        if (request.Header("Accept") is { } accepted && !accepted.Contains("application/sdp", StringComparison.OrdinalIgnoreCase) && !accepted.Contains("*/*", StringComparison.Ordinal))
        {
            return new RtspReply(RtspStatus.NotAcceptable);
        }

        return new RtspReply(RtspStatus.OK, ("Content-Base", Base(request) + "/"), ("Content-Type", "application/sdp"))
        {
            Body = SessionDescription.Create(await clip(cancellationToken), address),
        };
    }

    private RtspReply SetUp(RtspRequest request)
    {
        if (!RtspTransport.TryChoose(request.Header("Transport"), out var transport))
        {
            return new RtspReply(RtspStatus.UnsupportedTransport);
        }

        _transport = transport;
        _session ??= random.NextInt64(uint.MaxValue).ToString("X8");
        return new RtspReply(RtspStatus.OK, ("Transport", transport.ToHeader(_source)), ("Session", $"{_session};timeout={Timeout.TotalSeconds}"));
    }

    private async ValueTask<RtspReply> PlayAsync(RtspRequest request, CancellationToken cancellationToken)
    {
        if (Playing is not null)
        {
            return OK();
        }

        var loop = await clip(cancellationToken);
        var first = VideoFormat.NextKeyFrame(time.GetUtcNow() - DateTimeOffset.UnixEpoch);
        Playing = new PlayOrder(loop, _transport, _source, (ushort)random.Next(ushort.MaxValue + 1), first);
        var track = $"{Base(request)}/{SessionDescription.Track}";
        return OK() with
        {
            Headers =
            [
                ("Session", _session!),
                ("Range", "npt=0.000-"),
                ("RTP-Info", $"url={track};seq={Playing.FirstSequence};rtptime={VideoFormat.RtpTime(first)}"),
            ],
        };
    }

    private RtspReply TearDown()
    {
        var reply = OK();
        (_session, Playing) = (null, null);
        return reply;
    }

    private RtspReply OK() => _session is null ? new RtspReply(RtspStatus.OK) : new RtspReply(RtspStatus.OK, ("Session", _session));

    /// <summary>The video's address as the client wrote it, without a track.</summary>
    private static string Base(RtspRequest request)
    {
        var address = request.Target.TrimEnd('/');
        return address.EndsWith(TrackPath, StringComparison.Ordinal) ? address[..^(SessionDescription.Track.Length + 1)] : address;
    }
}
