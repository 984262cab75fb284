using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Pictures;

namespace SeestarAlpaca.Imaging.Stretch;

/// <summary>A fixed way from 16 linear bits to 8 bits for the eye, one table for each channel. Immutable and thread safe.</summary>
public sealed class DisplayStretch
{
    private readonly byte[][] _tables;

    /// <param name="red">What happens to the red channel.</param>
    /// <param name="green">What happens to the green channel.</param>
    /// <param name="blue">What happens to the blue channel.</param>
    public DisplayStretch(ChannelStretch red, ChannelStretch green, ChannelStretch blue)
    {
        Channels = [red, green, blue];
        _tables = [.. Channels.Select(channel => channel.ToTable())];
    }

    /// <summary>Red, green, blue.</summary>
    public IReadOnlyList<ChannelStretch> Channels { get; }

    /// <summary>The picture as it is shown, of the same size.</summary>
    public Image8 Apply(RgbImage image)
    {
        var samples = image.Samples;
        var bytes = GC.AllocateUninitializedArray<byte>(samples.Length);
        var (red, green, blue) = (_tables[0], _tables[1], _tables[2]);
        for (var i = 0; i < samples.Length; i += 3)
        {
            bytes[i] = red[samples[i]];
            bytes[i + 1] = green[samples[i + 1]];
            bytes[i + 2] = blue[samples[i + 2]];
        }

        return new Image8(image.Width, image.Height, 3, bytes);
    }
}

/// <summary>What happens to the samples of one channel.</summary>
/// <param name="Black">The value shown black, 0 to below 65535; smaller ones are black too.</param>
/// <param name="Midtone">The midtone between <paramref name="Black"/> and 65535, above 0 and below 1; see <see cref="MidtoneTransfer"/>.</param>
public readonly record struct ChannelStretch(double Black, double Midtone)
{
    /// <summary>Where the value lies between black (0) and white (1).</summary>
    internal double Normalize(double value) => Math.Max(0, (value - Black) / (ushort.MaxValue - Black));

    internal byte[] ToTable()
    {
        var table = new byte[ushort.MaxValue + 1];
        for (var value = 0; value < table.Length; value++)
        {
            table[value] = (byte)((byte.MaxValue * MidtoneTransfer.Apply(Midtone, Normalize(value))) + 0.5);
        }

        return table;
    }
}
