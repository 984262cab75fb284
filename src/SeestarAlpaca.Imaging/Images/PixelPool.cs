namespace SeestarAlpaca.Imaging.Images;

/// <summary>
/// Lends sample buffers of exactly the length asked for and keeps a few returned ones for the next frame. One 4K RGB stack is
/// 24.9 million samples (49.8 MB); <see cref="System.Buffers.ArrayPool{T}.Shared"/> would round it up to 67 MB.
/// </summary>
/// <remarks>Thread safe. A buffer holds what its last user left in it.</remarks>
/// <param name="retained">How many unused buffers are kept, the most recently returned first; default 3, at least 0.</param>
public sealed class PixelPool(int retained = 3)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<ushort[]> _unused = [];

    /// <summary>How many samples are lent or kept at this moment.</summary>
    public long SamplesHeld { get; private set; }

    /// <summary>Lends a buffer with one lease on it.</summary>
    /// <param name="length">Samples; at least 1.</param>
    internal PixelBuffer Rent(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);

        lock (_gate)
        {
            for (var node = _unused.First; node is not null; node = node.Next)
            {
                if (node.Value.Length == length)
                {
                    _unused.Remove(node);
                    return new PixelBuffer(node.Value, this);
                }
            }

            SamplesHeld += length;
        }

        return new PixelBuffer(GC.AllocateUninitializedArray<ushort>(length), this);
    }

    /// <summary>Gives up the buffers that nobody uses.</summary>
    /// <returns>Samples given up.</returns>
    public long Trim()
    {
        lock (_gate)
        {
            var given = _unused.Sum(samples => (long)samples.Length);
            _unused.Clear();
            SamplesHeld -= given;
            return given;
        }
    }

    internal void Return(ushort[] samples)
    {
        lock (_gate)
        {
            _unused.AddFirst(samples);
            while (_unused.Count > retained)
            {
                SamplesHeld -= _unused.Last!.Value.Length;
                _unused.RemoveLast();
            }
        }
    }
}
