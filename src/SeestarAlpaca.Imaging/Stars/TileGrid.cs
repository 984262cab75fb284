using System.Runtime.InteropServices;
using SeestarAlpaca.Imaging.Statistics;

namespace SeestarAlpaca.Imaging.Stars;

/// <summary>A measure of the sky tile by tile, so that a gradient or a nebula does not hide stars or look like one.</summary>
internal sealed class TileGrid
{
    /// <summary>Pixels on each side of a tile, about: many stars wide, and narrow against gradients.</summary>
    private const int Side = 64;

    /// <summary>Every third pixel of every third row: an odd step meets all places of a colour filter array alike.</summary>
    private const int Step = 3;

    /// <summary>A tile with fewer samples (the rest is no data) takes the median of the others.</summary>
    private const int FewestSamples = 32;

    private readonly int _width;
    private readonly int _height;
    private readonly int _columns;
    private readonly int _rows;
    private readonly double[] _values;

    /// <summary>Measures a picture.</summary>
    /// <param name="plane">One value for each pixel, row by row; NaN is no data.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="measure">What is wanted of a tile.</param>
    public TileGrid(ReadOnlySpan<float> plane, int width, int height, Func<Background, double> measure)
    {
        (_width, _height, _columns, _rows) = (width, height, Math.Max(1, width / Side), Math.Max(1, height / Side));
        var measured = new double?[_columns * _rows];
        for (var i = 0; i < measured.Length; i++)
        {
            var samples = Sample(plane, i % _columns, i / _columns);
            measured[i] = samples.Count < FewestSamples ? null : measure(Background.Of(CollectionsMarshal.AsSpan(samples)));
        }

        double[] known = [.. measured.OfType<double>()];
        var middle = known.Length == 0 ? 0 : Background.Median(known);
        _values = [.. measured.Select(value => value ?? middle)];
    }

    /// <summary>The value of the tile that a pixel is in.</summary>
    public double At(int x, int y) => _values[(y * _rows / _height * _columns) + (x * _columns / _width)];

    /// <summary>Takes the values off one row of the picture, interpolated between the centres of tiles, and beyond the outermost.</summary>
    /// <param name="row">The row; no data stays what it is.</param>
    /// <param name="y">Its number.</param>
    public void Subtract(Span<float> row, int y)
    {
        var (top, bottom, down) = Place(y, _height, _rows);
        for (var x = 0; x < row.Length; x++)
        {
            var (left, right, along) = Place(x, _width, _columns);
            var above = Mix(_values[(top * _columns) + left], _values[(top * _columns) + right], along);
            var below = Mix(_values[(bottom * _columns) + left], _values[(bottom * _columns) + right], along);
            row[x] -= (float)Mix(above, below, down);
        }
    }

    /// <summary>Two neighbouring tiles, and how far a pixel is from the centre of the first towards that of the second: −0.5 to 1.5.</summary>
    private static (int First, int Second, double Fraction) Place(int pixel, int length, int tiles)
    {
        var at = ((pixel + 0.5) * tiles / length) - 0.5;
        var first = Math.Clamp((int)at, 0, Math.Max(0, tiles - 2));
        return (first, Math.Min(first + 1, tiles - 1), at - first);
    }

    private static double Mix(double from, double to, double fraction) => from + ((to - from) * fraction);

    private List<double> Sample(ReadOnlySpan<float> plane, int column, int row)
    {
        var samples = new List<double>(Side * Side * 4 / (Step * Step));
        for (var y = row * _height / _rows; y < (row + 1) * _height / _rows; y += Step)
        {
            for (var x = column * _width / _columns; x < (column + 1) * _width / _columns; x += Step)
            {
                var value = plane[(y * _width) + x];
                if (!float.IsNaN(value))
                {
                    samples.Add(value);
                }
            }
        }

        return samples;
    }
}
