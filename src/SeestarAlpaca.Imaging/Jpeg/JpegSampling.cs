namespace SeestarAlpaca.Imaging.Jpeg;

/// <summary>How much of the colour a JPEG file keeps. Gray pictures have none.</summary>
public enum JpegSampling
{
    /// <summary>4:2:0: colour at half the width and half the height, brightness in full; about a third smaller.</summary>
    Half,

    /// <summary>4:4:4: colour of every pixel; for small coloured stars.</summary>
    Full,
}
