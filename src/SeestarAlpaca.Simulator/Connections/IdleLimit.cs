namespace SeestarAlpaca.Simulator.Connections;

/// <summary>Ends a connection that has been silent for too long, in real time (<c>seestar-protocol.md</c> §3.2, §5.8).</summary>
internal sealed class IdleLimit : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _either;

    /// <summary>Begins to count.</summary>
    /// <param name="limit">How long silence may last; infinite for ever.</param>
    /// <param name="time">Real time.</param>
    /// <param name="cancellationToken">Ends the connection for another reason.</param>
    public IdleLimit(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _limit = limit;
        _silence = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_silence.Token, cancellationToken);
    }

    /// <summary>Cancelled when the connection is to end.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Something arrived: counting begins anew.</summary>
    public void Restart() => _silence.CancelAfter(_limit);

    /// <summary>Ends the connection now.</summary>
    public void End() => _either.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _silence.Dispose();
    }
}
