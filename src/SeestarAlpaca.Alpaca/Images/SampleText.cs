using System.Globalization;
using System.Runtime.InteropServices;

namespace SeestarAlpaca.Alpaca.Images;

/// <summary>Turns samples into nested arrays, any number of bytes at a time.</summary>
/// <param name="height">Rows; the pixels of one column.</param>
/// <param name="planes">Samples of one pixel; 1 means that pixels are numbers, not arrays.</param>
internal sealed class SampleText(int height, int planes)
{
    /// <summary>The most that one sample can take: a comma and two brackets before, eleven characters, three brackets after.</summary>
    private const int LongestSample = 17;

    private int _row;
    private int _plane;

    /// <summary>Samples written so far.</summary>
    public int Written { get; private set; }

    /// <summary>Writes as many samples as surely fit and returns the bytes used.</summary>
    public int Write<T>(ReadOnlySpan<T> samples, Span<byte> destination)
        where T : unmanaged, IUtf8SpanFormattable
    {
        var used = 0;
        while (Written < samples.Length && destination.Length - used >= LongestSample)
        {
            if (typeof(T) == typeof(ushort) && planes == 1 && _row > 0 && _row < height - 1)
            {
                used += WriteRun(MemoryMarshal.Cast<T, ushort>(samples), destination[used..]);
                continue;
            }

            Begin(destination, ref used);
            used += WriteNumber(samples[Written], destination[used..]);
            Written++;
            End(destination, ref used, last: Written == samples.Length);
        }

        return used;
    }

    private static int WriteNumber<T>(T number, Span<byte> destination)
        where T : unmanaged, IUtf8SpanFormattable
    {
        if (typeof(T) == typeof(ushort))
        {
            return SampleDigits.Write((ushort)(object)number, destination);
        }

        number.TryFormat(destination, out var length, default, CultureInfo.InvariantCulture);
        return length;
    }

    /// <summary>The inside of a column, where there is nothing but commas between numbers.</summary>
    private int WriteRun(ReadOnlySpan<ushort> samples, Span<byte> destination)
    {
        var count = Math.Min(height - 1 - _row, destination.Length / (SampleDigits.Room + 1));
        var used = SampleDigits.WriteAll(samples.Slice(Written, count), destination);
        (Written, _row) = (Written + count, _row + count);
        return used;
    }

    private void Begin(Span<byte> destination, ref int used)
    {
        destination[used] = (byte)(Written == 0 ? '[' : ',');
        used++;
        if (_plane == 0)
        {
            if (_row == 0)
            {
                destination[used++] = (byte)'[';
            }

            if (planes > 1)
            {
                destination[used++] = (byte)'[';
            }
        }
    }

    private void End(Span<byte> destination, ref int used, bool last)
    {
        if (++_plane == planes)
        {
            _plane = 0;
            if (planes > 1)
            {
                destination[used++] = (byte)']';
            }

            if (++_row == height)
            {
                _row = 0;
                destination[used++] = (byte)']';
            }
        }

        if (last)
        {
            destination[used++] = (byte)']';
        }
    }
}
