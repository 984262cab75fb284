namespace SeestarAlpaca.Imaging.Images;

/// <summary>
/// A picture of 16-bit unsigned samples: row by row, top row first, the samples of one pixel side by side.
/// The object is a lease: disposing it gives back this holder's share, never somebody else's pixels.
/// </summary>
/// <remarks>
/// Reading is thread safe. <see cref="Writable"/> is for whoever made the picture, until it is first shared.
/// After <see cref="Dispose"/> every access to the samples throws <see cref="ObjectDisposedException"/>.
/// </remarks>
public abstract class Image16 : IDisposable
{
    private PixelBuffer? _buffer;

    private protected Image16(int width, int height, int samplesPerPixel, PixelPool? pool)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        (Width, Height, SamplesPerPixel) = (width, height, samplesPerPixel);

        var length = checked(width * height * samplesPerPixel);
        _buffer = pool?.Rent(length) ?? new PixelBuffer(GC.AllocateUninitializedArray<ushort>(length), null);
    }

    private protected Image16(Image16 shared)
    {
        (Width, Height, SamplesPerPixel, _buffer) = (shared.Width, shared.Height, shared.SamplesPerPixel, shared.Buffer);
        _buffer.AddLease();
    }

    /// <summary>Columns; at least 1.</summary>
    public int Width { get; }

    /// <summary>Rows; at least 1.</summary>
    public int Height { get; }

    /// <summary>1 for Bayer and monochrome pictures, 3 (red, green, blue) for colour.</summary>
    public int SamplesPerPixel { get; }

    /// <summary>All samples: <see cref="Height"/> · <see cref="Width"/> · <see cref="SamplesPerPixel"/> of them.</summary>
    public ReadOnlySpan<ushort> Samples => Buffer.Samples;

    /// <summary>The same samples, for use beyond the present call; not after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<ushort> Memory => Buffer.Samples;

    /// <summary>The same samples, to be filled in by whoever made the picture. A new picture's samples are undefined.</summary>
    public Span<ushort> Writable => Buffer.Samples;

    /// <summary>The same as <see cref="Writable"/>, for several threads at once.</summary>
    public Memory<ushort> WritableMemory => Buffer.Samples;

    private PixelBuffer Buffer
    {
        get
        {
            var buffer = _buffer;
            ObjectDisposedException.ThrowIf(buffer is null, this);
            return buffer;
        }
    }

    /// <summary>One row: <see cref="Width"/> · <see cref="SamplesPerPixel"/> samples.</summary>
    /// <param name="y">0 (top) to <see cref="Height"/> − 1.</param>
    public ReadOnlySpan<ushort> Row(int y) => Samples.Slice(y * Width * SamplesPerPixel, Width * SamplesPerPixel);

    /// <summary>A further lease on the same pixels, of the same type, to be disposed by its holder.</summary>
    public abstract Image16 Share();

    /// <summary>Ends this lease; more than once does nothing.</summary>
    public void Dispose()
    {
        Interlocked.Exchange(ref _buffer, null)?.EndLease();
        GC.SuppressFinalize(this);
    }
}
