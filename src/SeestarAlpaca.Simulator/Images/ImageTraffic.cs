using System.Collections.Concurrent;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>What image ports have been asked for. Thread safe.</summary>
internal sealed class ImageTraffic
{
    private readonly ConcurrentDictionary<string, int> _answered = new();
    private int _connections;
    private int _previewsSent;
    private int _previewsDropped;

    /// <summary>Requests answered, by method.</summary>
    public IReadOnlyDictionary<string, int> Answered => new Dictionary<string, int>(_answered);

    /// <summary>Connections at this moment, without those that were turned away.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Previews pushed.</summary>
    public int PreviewsSent => Volatile.Read(ref _previewsSent);

    /// <summary>Previews left out because a client was too slow.</summary>
    public int PreviewsDropped => Volatile.Read(ref _previewsDropped);

    /// <summary>Counts an answer.</summary>
    public void Answer(string method) => _answered.AddOrUpdate(method, 1, static (_, count) => count + 1);

    /// <summary>Counts a connection; false, and not counted, if there are as many as allowed.</summary>
    public bool TryConnect(int most)
    {
        if (Interlocked.Increment(ref _connections) <= most)
        {
            return true;
        }

        Disconnect();
        return false;
    }

    /// <summary>Counts the end of a connection.</summary>
    public void Disconnect() => Interlocked.Decrement(ref _connections);

    /// <summary>Counts a preview that was pushed.</summary>
    public void SendPreview() => Interlocked.Increment(ref _previewsSent);

    /// <summary>Counts a preview that was left out.</summary>
    public void DropPreview() => Interlocked.Increment(ref _previewsDropped);
}
