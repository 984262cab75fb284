using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Statistics;

namespace SeestarAlpaca.Imaging.Stretch;

/// <summary>Pixels on a regular grid of a picture, without those that are no data (0 in all channels).</summary>
internal sealed class SampledPixels
{
    private readonly int _channels;
    private readonly ushort[] _samples;

    /// <summary>Takes pixels of a picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="least">At least so many, if there are.</param>
    public SampledPixels(Image16 image, int least)
    {
        _channels = image.SamplesPerPixel;

        // An odd step meets all places of a colour filter array alike; debayering leaves more noise at some than at others.
        var step = (Math.Max(1, (int)Math.Sqrt((double)image.Width * image.Height / least)) - 1) | 1;
        var (columns, rows) = ((image.Width + step - 1) / step, (image.Height + step - 1) / step);
        var samples = GC.AllocateUninitializedArray<ushort>(columns * rows * _channels);
        var length = 0;
        for (var y = 0; y < image.Height; y += step)
        {
            var row = image.Row(y);
            for (var x = 0; x < row.Length; x += _channels * step)
            {
                var pixel = row.Slice(x, _channels);
                if (pixel.ContainsAnyExcept((ushort)0))
                {
                    pixel.CopyTo(samples.AsSpan(length));
                    length += _channels;
                }
            }
        }

        _samples = samples[..length];
    }

    /// <summary>How many there are.</summary>
    public int Count => _samples.Length / _channels;

    /// <summary>The samples of one channel.</summary>
    public SampleHistogram Histogram(int channel)
    {
        var histogram = new SampleHistogram();
        for (var i = channel; i < _samples.Length; i += _channels)
        {
            histogram.Add(_samples[i]);
        }

        return histogram;
    }

    /// <summary>The median of (R + 2G + B) / 4, or of gray, each channel normalized before.</summary>
    public double MedianLuminance(ReadOnlySpan<ChannelStretch> channels)
    {
        var luminance = new double[Count];
        for (var i = 0; i < luminance.Length; i++)
        {
            var pixel = _samples.AsSpan(i * _channels, _channels);
            luminance[i] = _channels == 1
                ? channels[0].Normalize(pixel[0])
                : (channels[0].Normalize(pixel[0]) + (2 * channels[1].Normalize(pixel[1])) + channels[2].Normalize(pixel[2])) / 4;
        }

        return Background.Median(luminance);
    }
}
