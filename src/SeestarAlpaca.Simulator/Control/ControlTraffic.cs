using System.Collections.Concurrent;

namespace SeestarAlpaca.Simulator.Control;

/// <summary>What clients have sent to the control port. Thread safe.</summary>
internal sealed class ControlTraffic
{
    /// <summary>Different requests that are remembered; a telescope that runs for months must not fill the memory.</summary>
    private const int MostRequests = 10_000;

    private readonly ConcurrentDictionary<string, int> _requests = [];
    private int _resets;

    /// <summary>Requests that came, answered or not, and how often: the method, and behind a blank the parameters where there are any.</summary>
    public IReadOnlyDictionary<string, int> Requests => _requests;

    /// <summary>Connections that were reset because the client went on asking for what it may not have.</summary>
    public int Resets => Volatile.Read(ref _resets);

    /// <summary>A request came.</summary>
    public void Receive(Request request)
    {
        var text = request.Params is { } parameters ? $"{request.Method} {parameters.GetRawText()}" : request.Method;
        if (_requests.Count < MostRequests || _requests.ContainsKey(text))
        {
            _requests.AddOrUpdate(text, 1, (_, count) => count + 1);
        }
    }

    /// <summary>A connection is reset.</summary>
    public void Reset() => Interlocked.Increment(ref _resets);
}
