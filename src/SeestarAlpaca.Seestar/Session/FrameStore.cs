namespace SeestarAlpaca.Seestar.Session;

/// <summary>Holds the newest stack and the newest sub of a telescope.</summary>
/// <remarks>Thread safe. What is taken out is a lease of its own: a newer picture never touches it.</remarks>
public sealed class FrameStore : IDisposable
{
    private readonly Lock _gate = new();
    private StackFrame? _stack;
    private SubFrame? _sub;

    /// <summary>What is known of the newest stack; null before the first.</summary>
    public StackDetails? NewestDetails => Volatile.Read(ref _stack)?.Details;

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
        Put((StackFrame?)null);
        Put((SubFrame?)null);
    }

    internal void Put(StackFrame? stack)
    {
        lock (_gate)
        {
            (stack, _stack) = (_stack, stack);
        }

        stack?.Dispose();
    }

    internal void Put(SubFrame? sub)
    {
        lock (_gate)
        {
            (sub, _sub) = (_sub, sub);
        }

        sub?.Dispose();
    }
}
