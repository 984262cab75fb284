using SeestarAlpaca.Imaging.Statistics;

namespace SeestarAlpaca.Imaging.Stars;

/// <summary>The sky of a picture, measured tile by tile, so that a gradient or a nebula does not hide stars or look like one.</summary>
internal sealed class BackgroundMesh
{
    /// <summary>Pixels on each side of a tile, about: many stars wide, and narrow against gradients.</summary>
    private const int Side = 64;

    /// <summary>Every third pixel of every third row: an odd step meets all places of a colour filter array alike.</summary>
    private const int Step = 3;

    /// <summary>A tile with fewer samples (the rest is no data) takes the values of the whole picture.</summary>
    private const int FewestSamples = 32;

    private readonly int _width;
    private readonly int _height;
    private readonly Background[] _tiles;

    /// <summary>Measures a picture.</summary>
    /// <param name="plane">One value for each pixel, row by row; NaN is no data.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public BackgroundMesh(ReadOnlySpan<float> plane, int width, int height)
    {
        (_width, _height) = (width, height);
        (Columns, Rows) = (Math.Max(1, width / Side), Math.Max(1, height / Side));
        var tiles = new Background?[Columns * Rows];
        for (var i = 0; i < tiles.Length; i++)
        {
            tiles[i] = Measure(plane, i % Columns, i / Columns);
        }

        var known = tiles.Where(tile => tile is not null).Select(tile => tile!.Value).ToArray();
        var whole = known.Length == 0 ? default : new Background(Middle(known, tile => tile.Level), Middle(known, tile => tile.Noise));
        _tiles = [.. tiles.Select(tile => tile ?? whole)];
    }

    private int Columns { get; }

    private int Rows { get; }

    /// <summary>The noise of the tile that a pixel is in: the standard deviation of one pixel.</summary>
    public double NoiseAt(int x, int y) => _tiles[(y * Rows / _height * Columns) + (x * Columns / _width)].Noise;

    /// <summary>Takes the sky off one row of the picture; between the centres of tiles it is interpolated.</summary>
    /// <param name="row">The row's values; no data stays what it is.</param>
    /// <param name="y">Its number.</param>
    public void Subtract(Span<float> row, int y)
    {
        var (top, down) = Place(y, _height, Rows);
        var bottom = Math.Min(top + 1, Rows - 1);
        for (var x = 0; x < row.Length; x++)
        {
            var (left, along) = Place(x, _width, Columns);
            var right = Math.Min(left + 1, Columns - 1);
            var above = Mix(_tiles[(top * Columns) + left].Level, _tiles[(top * Columns) + right].Level, along);
            var below = Mix(_tiles[(bottom * Columns) + left].Level, _tiles[(bottom * Columns) + right].Level, along);
            row[x] -= (float)Mix(above, below, down);
        }
    }

    /// <summary>The tile whose centre lies before a pixel, and how far it is from there to the next, 0 to 1.</summary>
    private static (int Tile, double Fraction) Place(int pixel, int length, int tiles)
    {
        var at = Math.Clamp(((pixel + 0.5) * tiles / length) - 0.5, 0, tiles - 1);
        return ((int)at, at - (int)at);
    }

    private static double Mix(double from, double to, double fraction) => from + ((to - from) * fraction);

    private static double Middle(Background[] tiles, Func<Background, double> value) => Background.Median(tiles.Select(value).ToArray());

    private Background? Measure(ReadOnlySpan<float> plane, int column, int row)
    {
        var samples = new List<double>(Side * Side * 4 / (Step * Step));
        for (var y = row * _height / Rows; y < (row + 1) * _height / Rows; y += Step)
        {
            for (var x = column * _width / Columns; x < (column + 1) * _width / Columns; x += Step)
            {
                var value = plane[(y * _width) + x];
                if (!float.IsNaN(value))
                {
                    samples.Add(value);
                }
            }
        }

        return samples.Count < FewestSamples ? null : Background.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(samples));
    }
}
