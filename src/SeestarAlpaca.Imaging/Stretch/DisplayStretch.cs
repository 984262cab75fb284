using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Pictures;

namespace SeestarAlpaca.Imaging.Stretch;

/// <summary>A fixed way from 16 linear bits to 8 bits for the eye, one table for each channel. Immutable and thread safe.</summary>
public sealed class DisplayStretch
{
    private readonly byte[][] _tables;

    /// <summary>For colour pictures.</summary>
    /// <param name="red">What happens to the red channel.</param>
    /// <param name="green">What happens to the green channel.</param>
    /// <param name="blue">What happens to the blue channel.</param>
    public DisplayStretch(ChannelStretch red, ChannelStretch green, ChannelStretch blue)
        : this([red, green, blue])
    {
    }

    /// <summary>For pictures of one sample for each pixel.</summary>
    /// <param name="gray">What happens to the samples.</param>
    public DisplayStretch(ChannelStretch gray)
        : this([gray])
    {
    }

    internal DisplayStretch(ChannelStretch[] channels)
    {
        Channels = channels;
        var made = channels.Distinct().ToDictionary(channel => channel, channel => channel.ToTable());
        _tables = [.. channels.Select(channel => made[channel])];
    }

    /// <summary>Red, green, blue; or gray alone.</summary>
    public IReadOnlyList<ChannelStretch> Channels { get; }

    /// <summary>The picture as it is shown, of the same size.</summary>
    /// <param name="image">A picture of as many samples for each pixel as there are <see cref="Channels"/>. A Bayer picture is shown as gray.</param>
    /// <exception cref="ArgumentException">A colour picture and a stretch for gray, or the other way round.</exception>
    public Image8 Apply(Image16 image)
    {
        if (image.SamplesPerPixel != _tables.Length)
        {
            throw new ArgumentException(
                $"A picture of {image.SamplesPerPixel} samples for each pixel needs as many channels, not {_tables.Length}.", nameof(image));
        }

        var samples = image.Samples;
        var bytes = GC.AllocateUninitializedArray<byte>(samples.Length);
        if (_tables.Length == 1)
        {
            Apply(samples, _tables[0], bytes);
        }
        else
        {
            Apply(samples, _tables[0], _tables[1], _tables[2], bytes);
        }

        return new Image8(image.Width, image.Height, image.SamplesPerPixel, bytes);
    }

    /// <summary>The colour picture as it is shown, of the same size, with 16 bits for each sample.</summary>
    /// <param name="image">A colour picture.</param>
    /// <param name="pool">Where the samples are borrowed from; null for memory of its own.</param>
    /// <exception cref="InvalidOperationException">This is a stretch for gray.</exception>
    public RgbImage ApplyWide(RgbImage image, PixelPool? pool = null)
    {
        if (Channels is not [var red, var green, var blue])
        {
            throw new InvalidOperationException("A colour picture needs a stretch of three channels.");
        }

        var (reds, greens, blues) = (red.ToWideTable(), green.ToWideTable(), blue.ToWideTable());
        var result = new RgbImage(image.Width, image.Height, pool);
        var source = image.Samples;
        var target = result.Writable;
        for (var i = 0; i + 2 < source.Length; i += 3)
        {
            (target[i], target[i + 1], target[i + 2]) = (reds[source[i]], greens[source[i + 1]], blues[source[i + 2]]);
        }

        return result;
    }

    private static void Apply(ReadOnlySpan<ushort> samples, byte[] table, Span<byte> bytes)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            bytes[i] = table[samples[i]];
        }
    }

    private static void Apply(ReadOnlySpan<ushort> samples, byte[] red, byte[] green, byte[] blue, Span<byte> bytes)
    {
        for (var i = 0; i + 2 < samples.Length; i += 3)
        {
            bytes[i] = red[samples[i]];
            bytes[i + 1] = green[samples[i + 1]];
            bytes[i + 2] = blue[samples[i + 2]];
        }
    }
}
