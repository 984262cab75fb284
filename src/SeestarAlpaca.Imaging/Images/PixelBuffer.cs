namespace SeestarAlpaca.Imaging.Images;

/// <summary>Samples shared by counted leases; the last lease to end returns them to their pool.</summary>
/// <remarks>Thread safe, except that only the one who made the picture writes, before it is shared.</remarks>
internal sealed class PixelBuffer(ushort[] samples, PixelPool? pool)
{
    private int _leases = 1;

    public ushort[] Samples { get; } = samples;

    public void AddLease()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _leases);
            ObjectDisposedException.ThrowIf(seen == 0, this);
        }
        while (Interlocked.CompareExchange(ref _leases, seen + 1, seen) != seen);
    }

    public void EndLease()
    {
        if (Interlocked.Decrement(ref _leases) == 0)
        {
            pool?.Return(Samples);
        }
    }
}
