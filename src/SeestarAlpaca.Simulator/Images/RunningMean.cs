using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Registration;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Sky;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>
/// The true mean of registered colour subs: 32-bit sums for each channel, divided and rounded half up when the picture is read out.
/// At the edges, where subs that are off their place do not reach, a pixel is the mean of those that do.
/// </summary>
/// <remarks>Not thread safe. Good for 65 000 subs.</remarks>
internal sealed class RunningMean(PictureSize size)
{
    private readonly uint[] _sums = new uint[3 * size.Width * size.Height];
    private readonly ushort[] _weights = new ushort[size.Width * size.Height];
    private Drift _reference;

    /// <summary>Size of the subs.</summary>
    public PictureSize Size => size;

    /// <summary>Subs added so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a sub, moved back by its drift against the first sub.</summary>
    public void Add(RgbImage sub, Drift drift)
    {
        _reference = Count == 0 ? drift : _reference;
        Count++;
        var (offX, offY) = (drift.X - _reference.X, drift.Y - _reference.Y);
        var (from, to) = (Math.Max(0, offX), Math.Min(size.Width, size.Width + offX));
        for (var y = Math.Max(0, offY); y < Math.Min(size.Height, size.Height + offY); y++)
        {
            var source = sub.Row(y - offY).Slice(3 * (from - offX), 3 * (to - from));
            AddRow(source, _sums.AsSpan(3 * ((y * size.Width) + from)), _weights.AsSpan((y * size.Width) + from, to - from));
        }
    }

    /// <summary>Adds a sub, interpolated where its pixels lie between those of the stack.</summary>
    /// <param name="sub">The sub.</param>
    /// <param name="transform">From coordinates of the stack to those of the sub.</param>
    public void Add(RgbImage sub, RigidTransform transform)
    {
        Count++;
        var resampler = new Resampler(sub, transform);
        var row = new ushort[3 * size.Width];
        for (var y = 0; y < size.Height; y++)
        {
            var (from, to) = resampler.ReadRow(y, row);
            var first = (y * size.Width) + from;
            AddRow(row.AsSpan((3 * from)..(3 * to)), _sums.AsSpan(3 * first), _weights.AsSpan(first, to - from));
        }
    }

    /// <summary>The mean so far.</summary>
    /// <param name="scale">1, or 2 for the enhanced mode: each pixel becomes 2 × 2 alike.</param>
    public RgbImage Read(int scale)
    {
        var image = new RgbImage(size.Width * scale, size.Height * scale);
        for (var y = 0; y < size.Height; y++)
        {
            var target = image.Writable.Slice(y * scale * image.Width * 3, image.Width * 3);
            ReadRow(y, scale, target);
            for (var copy = 1; copy < scale; copy++)
            {
                target.CopyTo(image.Writable[(((y * scale) + copy) * image.Width * 3)..]);
            }
        }

        return image;
    }

    private static void AddRow(ReadOnlySpan<ushort> source, Span<uint> sums, Span<ushort> weights)
    {
        for (var i = 0; i < source.Length; i++)
        {
            sums[i] += source[i];
        }

        foreach (ref var weight in weights)
        {
            weight++;
        }
    }

    private void ReadRow(int y, int scale, Span<ushort> target)
    {
        for (int x = 0, i = 0; x < size.Width; x++)
        {
            var pixel = (y * size.Width) + x;
            var weight = Math.Max((uint)_weights[pixel], 1);
            var sums = _sums.AsSpan(3 * pixel, 3);
            for (var copy = 0; copy < scale; copy++, i += 3)
            {
                target[i] = (ushort)((sums[0] + (weight / 2)) / weight);
                target[i + 1] = (ushort)((sums[1] + (weight / 2)) / weight);
                target[i + 2] = (ushort)((sums[2] + (weight / 2)) / weight);
            }
        }
    }
}
