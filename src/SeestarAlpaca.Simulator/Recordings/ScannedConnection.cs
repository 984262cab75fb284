using SeestarAlpaca.Seestar.Recording;

namespace SeestarAlpaca.Simulator.Recordings;

/// <summary>What is known of one connection while a recording is read through.</summary>
/// <param name="port">The port that it is to.</param>
internal sealed class ScannedConnection(RecordedPort port)
{
    /// <summary>Requests that may wait for answers; of more, the oldest are forgotten.</summary>
    private const int MostWaiting = 256;

    private readonly LinkedList<(string Id, string Method, string? Parameters, TimeSpan From)> _waiting = new();

    /// <summary>The port that it is to.</summary>
    public RecordedPort Port => port;

    /// <summary>The frame whose payload is being read; null between frames, and where some of it is missing.</summary>
    public RecordedFrame? Frame { get; set; }

    /// <summary>When that frame began.</summary>
    public TimeSpan FrameTime { get; set; }

    /// <summary>How much of its payload has been read.</summary>
    public int FrameRead { get; set; }

    /// <summary>Tells of a request.</summary>
    /// <param name="id">As it comes back: a line's id as it is written, of a frame the low byte.</param>
    /// <param name="method">What is asked for.</param>
    /// <param name="parameters">As they are written.</param>
    /// <param name="from">From when on the answer counts.</param>
    public void Ask(string id, string method, string? parameters, TimeSpan from)
    {
        if (_waiting.Count == MostWaiting)
        {
            _waiting.RemoveFirst();
        }

        _waiting.AddLast((id, method, parameters, from));
    }

    /// <summary>The oldest request with an id that waits, and is one of some methods; it waits no longer.</summary>
    public (string Method, string? Parameters, TimeSpan From)? Answer(string id, params ReadOnlySpan<string> methods)
    {
        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            var (waitingId, method, parameters, from) = node.Value;
            if (waitingId == id && (methods.IsEmpty || methods.Contains(method)))
            {
                _waiting.Remove(node);
                return (method, parameters, from);
            }
        }

        return null;
    }
}
