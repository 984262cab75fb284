using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.ImageBytes;

/// <summary>An image as clients get it: x, then y, then plane; the last one runs fastest (alpaca-camera.md §4.1).</summary>
/// <param name="Rank">2, or 3 for colour.</param>
/// <param name="Planes">1, or 3 for rank 3.</param>
/// <param name="Values">All elements, column by column.</param>
internal sealed record Picture(int Rank, int Width, int Height, int Planes, int[] Values)
{
    /// <summary>Dimensions, in words.</summary>
    public string Shape => Rank == 3 ? $"{Width} × {Height} × {Planes}" : $"{Width} × {Height}";

    /// <summary>The sum of a pixel's planes.</summary>
    public int this[int x, int y]
    {
        get
        {
            var (sum, first) = (0, ((x * Height) + y) * Planes);
            for (var plane = 0; plane < Planes; plane++)
            {
                sum += Values[first + plane];
            }

            return sum;
        }
    }

    /// <summary>How two pictures differ; null when they are equal pixel for pixel.</summary>
    public string? DifferenceTo(Picture other)
    {
        if (Shape != other.Shape)
        {
            return $"{Shape} against {other.Shape}";
        }

        var same = Values.AsSpan().CommonPrefixLength(other.Values);
        if (same == Values.Length)
        {
            return null;
        }

        var (x, y) = (same / Planes / Height, same / Planes % Height);
        return $"at x {x}, y {y}, plane {same % Planes}: {Values[same]} against {other.Values[same]}";
    }
}

/// <summary>An image that was read, or why it cannot be.</summary>
/// <param name="Unreadable">Why there is no picture; null when there is one.</param>
/// <param name="Problems">What is wrong with its form.</param>
internal sealed record ImageReading(Picture? Picture, string? Unreadable, IReadOnlyList<Problem> Problems);
