using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Sky;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>Gives subs another colour phase than GRBG, by leaving out the first column, the first row or both.</summary>
/// <param name="source">Its subs are GRBG and two pixels wider and higher than <paramref name="size"/>.</param>
/// <param name="size">Size of the subs that come out.</param>
/// <param name="phase">Their phase.</param>
internal sealed class ShiftedSource(ISubSource source, PictureSize size, BayerPhase phase) : ISubSource
{
    /// <summary>How much wider and higher the inner source's subs have to be, in pixels.</summary>
    public const int Margin = 2;

    /// <inheritdoc/>
    public PictureSize Size => size;

    /// <inheritdoc/>
    public int? Count => source.Count;

    /// <inheritdoc/>
    public bool IsRegisteredOnStars => source.IsRegisteredOnStars;

    private int Left => phase is BayerPhase.Rggb or BayerPhase.Gbrg ? 1 : 0;

    private int Top => phase is BayerPhase.Bggr or BayerPhase.Gbrg ? 1 : 0;

    /// <inheritdoc/>
    public BayerImage Expose(SubRequest request)
    {
        using var whole = source.Expose(request);
        var part = new BayerImage(size.Width, size.Height, phase);
        for (var y = 0; y < size.Height; y++)
        {
            whole.Samples.Slice(((y + Top) * whole.Width) + Left, size.Width).CopyTo(part.Writable[(y * size.Width)..]);
        }

        return part;
    }

    /// <inheritdoc/>
    public Drift DriftOf(SubRequest request) => source.DriftOf(request);
}
