namespace SeestarAlpaca.Imaging.Pictures;

/// <summary>Writes pictures in a format that browsers show. Implementations are thread safe.</summary>
public interface IPictureEncoder
{
    /// <summary>The format's media type, such as image/png.</summary>
    string MediaType { get; }

    /// <summary>The usual ending of the format's file names, without a dot, such as png.</summary>
    string FileExtension { get; }

    /// <summary>Writes a whole file, synchronously; the stream is left open.</summary>
    void Encode(Image8 image, Stream stream);
}
