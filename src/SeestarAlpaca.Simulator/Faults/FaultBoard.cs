using SeestarAlpaca.Simulator.Images;
using SeestarAlpaca.Simulator.Scenario;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Faults;

/// <summary>Keeps the faults that wait, and lets them strike what writers send. Thread safe.</summary>
/// <param name="telescope">Whose.</param>
/// <param name="time">Real time.</param>
internal sealed class FaultBoard(Telescope telescope, TimeProvider time) : IFaults
{
    private readonly Lock _gate = new();
    private readonly List<WaitingFault> _waiting = [];
    private readonly Dictionary<string, int> _struck = [];

    /// <summary>Connections and ports.</summary>
    public FaultyConnections Connections { get; } = new(telescope);

    /// <summary>Faults that have not struck as often as they are to.</summary>
    public IReadOnlyList<WaitingFault> Waiting
    {
        get
        {
            lock (_gate)
            {
                return [.. _waiting];
            }
        }
    }

    /// <summary>How often each fault has struck.</summary>
    public IReadOnlyDictionary<string, int> Struck
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, int>(_struck);
            }
        }
    }

    /// <inheritdoc/>
    public int MostImageConnections => Connections.AreUsedUp ? 0 : telescope.Options.MaxImageConnections;

    /// <inheritdoc/>
    public bool IsAway => Connections.IsAway;

    /// <summary>Lets a fault wait for its chance.</summary>
    public void Add(Directive fault)
    {
        lock (_gate)
        {
            _waiting.Add(new WaitingFault(fault, fault.Whole("count")));
        }
    }

    /// <summary>Forgets the faults that wait.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _waiting.Clear();
        }
    }

    /// <summary>Counts that a fault has struck.</summary>
    public void CountStrike(string name)
    {
        lock (_gate)
        {
            _struck[name] = _struck.GetValueOrDefault(name) + 1;
        }

        // Not within the lock: those who wait look at the counts under a lock of their own.
        telescope.Milestones.Check();
    }

    /// <inheritdoc/>
    public IDisposable Attach(FaultPort port, PieceWriter writer) => Connections.Attach(port, writer);

    /// <inheritdoc/>
    public OutgoingFrame? NextFrame(Frame frame) =>
        Take(fault => FrameFaults.All.FirstOrDefault(known => known.Kind == fault.Kind).Spoil?.Invoke(fault, frame));

    /// <inheritdoc/>
    public async ValueTask WriteLineAsync(PieceWriter writer, ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        if (TakeNext(LineFaults.Split) is not { } split)
        {
            await writer.WriteAsync(line, cancellationToken);
            return;
        }

        foreach (var piece in LineFaults.Cut(line, split.Whole("pieces")))
        {
            await writer.SendAsync(piece, cancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(split.Number("pause")), time, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<WireObject> Events(WireObject happened)
    {
        var told = Reply(happened);
        return TakeNext(LineFaults.Duplicate) is null ? [told] : [told, told];
    }

    /// <inheritdoc/>
    public WireObject Reply(WireObject reply) => TakeNext(LineFaults.UnknownKeys) is null ? reply : LineFaults.WithUnknownKeys(reply);

    /// <inheritdoc/>
    public Task DelayAsync(string method, CancellationToken cancellationToken) =>
        method == "get_verify_str" && TakeNext(LineFaults.SlowVerify) is { } slow
            ? telescope.DelayAsync(slow.Number("seconds"), cancellationToken)
            : Task.CompletedTask;

    private Directive? TakeNext(DirectiveKind kind) => Take(fault => fault.Kind == kind ? fault : null);

    /// <summary>Lets the first fault that can strike do so, once.</summary>
    private T? Take<T>(Func<Directive, T?> strike)
        where T : class
    {
        if (Find(strike) is not var (name, result))
        {
            return null;
        }

        CountStrike(name);
        return result;
    }

    private (string Name, T Result)? Find<T>(Func<Directive, T?> strike)
        where T : class
    {
        lock (_gate)
        {
            for (var i = 0; i < _waiting.Count; i++)
            {
                var (fault, left) = _waiting[i];
                if (strike(fault) is { } result)
                {
                    _waiting[i] = new WaitingFault(fault, left - 1);
                    _waiting.RemoveAll(waiting => waiting.Left == 0);
                    return (fault.Name, result);
                }
            }
        }

        return null;
    }
}
