using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Pictures;

/// <summary>Writes pictures in a format that keeps 16 bits, for programs that process them. Implementations are thread safe.</summary>
public interface ILinearPictureEncoder : IPictureEncoder
{
    /// <summary>Writes a whole file with all 16 bits of each sample, a Bayer picture as gray; synchronously; the stream is left open.</summary>
    void Encode(Image16 image, Stream stream);
}
