using System.Runtime.InteropServices;

namespace SeestarAlpaca.Alpaca.Devices;

/// <summary>A lease on an image in Alpaca's order; disposing it gives the samples back to their owner.</summary>
/// <remarks>Reading is thread safe; the one who received it disposes it once.</remarks>
public sealed class AlpacaImage : IDisposable
{
    private readonly ReadOnlyMemory<ushort> _samples;
    private readonly ReadOnlyMemory<int> _wideSamples;
    private IDisposable? _owner;
    private bool _disposed;

    /// <summary>Leases an image of 16 bit samples.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="planes">1, or 3 for red, green, blue.</param>
    /// <param name="samples">Exactly width · height · planes samples, indexed [x][y][plane], the rightmost running fastest (alpaca-camera.md §4.1).</param>
    /// <param name="owner">Disposed with the lease.</param>
    /// <exception cref="ArgumentException">Sizes and samples do not fit together.</exception>
    public AlpacaImage(int width, int height, int planes, ReadOnlyMemory<ushort> samples, IDisposable? owner = null)
        : this(width, height, planes, samples.Length) => (_samples, _owner) = (samples, owner);

    /// <summary>An image with samples beyond 16 bit, as some driver's ImageArray may hold.</summary>
    internal AlpacaImage(int width, int height, int planes, ReadOnlyMemory<int> samples)
        : this(width, height, planes, samples.Length) => _wideSamples = samples;

    private AlpacaImage(int width, int height, int planes, int samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (planes is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(planes), planes, "An image has 1 or 3 planes.");
        }

        if (samples != (long)width * height * planes)
        {
            throw new ArgumentException($"{width} × {height} × {planes} needs {(long)width * height * planes} samples, not {samples}.", nameof(samples));
        }

        (Width, Height, Planes) = (width, height, planes);
    }

    /// <summary>Columns; dimension 1 of the array.</summary>
    public int Width { get; }

    /// <summary>Rows; dimension 2 of the array.</summary>
    public int Height { get; }

    /// <summary>1, or 3 for red, green, blue; dimension 3 of the array.</summary>
    public int Planes { get; }

    /// <summary>Dimensions of the array: 2, or 3 for colour.</summary>
    public int Rank => Planes == 1 ? 2 : 3;

    /// <summary>The samples, indexed [x][y][plane], the rightmost running fastest.</summary>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public ReadOnlyMemory<ushort> Samples
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _samples;
        }
    }

    /// <summary>The samples when 16 bit do not hold them; else empty.</summary>
    internal ReadOnlyMemory<int> WideSamples => _wideSamples;

    /// <summary>Copies the samples into what a driver's ImageArray yields: <c>int[,]</c> for one plane, <c>int[,,]</c> for three.</summary>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public Array ToImageArray()
    {
        var source = Samples.Span;
        Span<int> destination;
        Array array;
        if (Planes == 1)
        {
            var plain = new int[Width, Height];
            array = plain;
            destination = MemoryMarshal.CreateSpan(ref plain[0, 0], plain.Length);
        }
        else
        {
            var colour = new int[Width, Height, Planes];
            array = colour;
            destination = MemoryMarshal.CreateSpan(ref colour[0, 0, 0], colour.Length);
        }

        for (var i = 0; i < source.Length; i++)
        {
            destination[i] = source[i];
        }

        return array;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        Interlocked.Exchange(ref _owner, null)?.Dispose();
    }
}
