using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>
/// Decides when the push of previews is begun and stopped: only while somebody wants them and the telescope shows, or for all we know may show, its
/// live view. Waits for nothing itself.
/// </summary>
/// <remarks>Thread safe.</remarks>
internal sealed class PreviewStream(FrameDemand demand, TimeProvider time)
{
    /// <summary>After "only available for continuous exposure": a state to wait in, whose end may be missed (<c>seestar-protocol.md</c> §5.3).</summary>
    public static readonly TimeSpan RefusalPause = TimeSpan.FromSeconds(10);

    /// <summary>A stream that brought nothing for so long has ended without a word, as it does with a view (<c>seestar-protocol.md</c> §5.8).</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private bool _streaming;
    private long _heardAt;
    private long? _refusedAt;

    /// <summary>On a new connection nothing is pushed.</summary>
    public void Reconnected()
    {
        lock (_gate)
        {
            (_streaming, _refusedAt) = (false, null);
        }
    }

    /// <summary>The request to send now, which is then taken for sent; null for none.</summary>
    /// <param name="live">Whether the live view is on; null where that is not known.</param>
    public ReadOnlyMemory<byte>? Change(bool? live)
    {
        lock (_gate)
        {
            if (live is false)
            {
                // The end of a live view ends the stream too; it has to be asked for again.
                (_streaming, _refusedAt) = (false, null);
                return null;
            }

            if (!demand.WantsPreviews)
            {
                // Not "? … : null" without a type: that null would be an empty request.
                ReadOnlyMemory<byte>? stop = _streaming ? ImageRequest.StopStreaming : default(ReadOnlyMemory<byte>?);
                (_streaming, _refusedAt) = (false, null);
                return stop;
            }

            if (Left() > TimeSpan.Zero)
            {
                return null;
            }

            (_streaming, _refusedAt, _heardAt) = (true, null, time.GetTimestamp());
            return ImageRequest.BeginStreaming;
        }
    }

    /// <summary>How long until <see cref="Change"/> asks again if nothing happens; null if nothing is asked for.</summary>
    public TimeSpan? Wait()
    {
        lock (_gate)
        {
            return _streaming || _refusedAt is not null ? Left() : null;
        }
    }

    /// <summary>A preview came, or begins to.</summary>
    public void Came()
    {
        lock (_gate)
        {
            _heardAt = time.GetTimestamp();
        }
    }

    /// <summary>The telescope has no live view to push.</summary>
    public void Refused()
    {
        lock (_gate)
        {
            (_streaming, _refusedAt) = (false, time.GetTimestamp());
        }
    }

    /// <summary>How long there is no reason to ask; zero or less for now.</summary>
    private TimeSpan Left() => _refusedAt is { } refused ? RefusalPause - time.GetElapsedTime(refused)
        : _streaming ? LongestSilence - time.GetElapsedTime(_heardAt)
        : TimeSpan.Zero;
}
