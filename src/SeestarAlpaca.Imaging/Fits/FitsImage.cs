using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Fits;

/// <summary>A picture with the header it came with. Disposing it disposes the picture.</summary>
public sealed class FitsImage : IDisposable
{
    internal FitsImage(FitsHeader header, Image16 image) => (Header, Image) = (header, image);

    /// <summary>What the file says of the picture.</summary>
    public FitsHeader Header { get; }

    /// <summary>A <see cref="BayerImage"/>, <see cref="MonoImage"/> or <see cref="RgbImage"/>, top row first.</summary>
    public Image16 Image { get; }

    /// <inheritdoc/>
    public void Dispose() => Image.Dispose();
}
