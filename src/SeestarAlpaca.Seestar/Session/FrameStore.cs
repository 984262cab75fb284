namespace SeestarAlpaca.Seestar.Session;

/// <summary>Holds the newest stack and the newest sub of a telescope.</summary>
/// <remarks>Thread safe. What is taken out is a lease of its own: a newer picture never touches it. A disposed store stays empty.</remarks>
public sealed class FrameStore : IDisposable
{
    private readonly Lock _gate = new();
    private StackFrame? _stack;
    private SubFrame? _sub;
    private bool _disposed;

    /// <summary>What is known of the newest stack; null before the first.</summary>
    public StackDetails? NewestDetails => Volatile.Read(ref _stack)?.Details;

    /// <summary>What is known of the newest sub; null before the first.</summary>
    public SubDetails? NewestSubDetails => Volatile.Read(ref _sub)?.Details;

    /// <summary>A lease on the newest stack; null before the first.</summary>
    public StackFrame? LeaseStack()
    {
        lock (_gate)
        {
            return _stack?.Share();
        }
    }

    /// <summary>A lease on the newest sub; null before the first.</summary>
    public SubFrame? LeaseSub()
    {
        lock (_gate)
        {
            return _sub?.Share();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _stack?.Dispose();
            _sub?.Dispose();
            (_stack, _sub) = (null, null);
        }
    }

    /// <summary>Gives up the stack.</summary>
    internal void ForgetStack()
    {
        lock (_gate)
        {
            _stack?.Dispose();
            _stack = null;
        }
    }

    internal void Put(StackFrame stack) => Replace(ref _stack, stack);

    internal void Put(SubFrame sub) => Replace(ref _sub, sub);

    private void Replace<T>(ref T? held, T newest)
        where T : class, IDisposable
    {
        lock (_gate)
        {
            if (_disposed)
            {
                newest.Dispose();
                return;
            }

            held?.Dispose();
            held = newest;
        }
    }
}
