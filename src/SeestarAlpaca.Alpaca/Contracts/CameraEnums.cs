namespace SeestarAlpaca.Alpaca.Contracts;

/// <summary>What a camera does at this moment.</summary>
public enum CameraState
{
    /// <summary>Ready to start an exposure.</summary>
    Idle = 0,

    /// <summary>An exposure is accepted but light is not yet collected.</summary>
    Waiting = 1,

    /// <summary>Light is being collected.</summary>
    Exposing = 2,

    /// <summary>The sensor is being read.</summary>
    Reading = 3,

    /// <summary>The image is on its way to the driver.</summary>
    Download = 4,

    /// <summary>The camera cannot go on.</summary>
    Error = 5,
}

/// <summary>The colour filters before a sensor, and thus the meaning of the image array.</summary>
public enum SensorType
{
    /// <summary>No filters.</summary>
    Monochrome = 0,

    /// <summary>Three planes: red, green, blue.</summary>
    Color = 1,

    /// <summary>Bayer matrix, red at offset 0,0.</summary>
    RGGB = 2,

    /// <summary>Cyan, magenta, yellow, green matrix.</summary>
    CMYG = 3,

    /// <summary>Second form of the cyan, magenta, yellow, green matrix.</summary>
    CMYG2 = 4,

    /// <summary>Luminance, red, green, blue matrix.</summary>
    LRGB = 5,
}

/// <summary>The direction of a guide pulse.</summary>
public enum GuideDirection
{
    /// <summary>Towards greater declination.</summary>
    North = 0,

    /// <summary>Towards smaller declination.</summary>
    South = 1,

    /// <summary>Towards greater right ascension.</summary>
    East = 2,

    /// <summary>Towards smaller right ascension.</summary>
    West = 3,
}

/// <summary>Types of the elements of an image array, as ImageBytes numbers them (alpaca-camera.md §4.3).</summary>
public enum ImageArrayElementTypes
{
    /// <summary>No type; only in error replies.</summary>
    Unknown = 0,

    /// <summary>Signed, 16 bit.</summary>
    Int16 = 1,

    /// <summary>Signed, 32 bit.</summary>
    Int32 = 2,

    /// <summary>Floating point, 64 bit.</summary>
    Double = 3,

    /// <summary>Floating point, 32 bit.</summary>
    Single = 4,

    /// <summary>Unsigned, 64 bit.</summary>
    UInt64 = 5,

    /// <summary>Unsigned, 8 bit.</summary>
    Byte = 6,

    /// <summary>Signed, 64 bit.</summary>
    Int64 = 7,

    /// <summary>Unsigned, 16 bit.</summary>
    UInt16 = 8,

    /// <summary>Unsigned, 32 bit.</summary>
    UInt32 = 9,

    /// <summary>In ASCOM's library only; never on the wire.</summary>
    Object = 10,
}
