using SeestarAlpaca.Imaging.Astrometry;

namespace SeestarAlpaca.Imaging.Fits;

/// <summary>
/// What is known of a picture beside its pixels, and its FITS cards in the terms that processing software reads. Null is unknown, and what is
/// unknown gets no card. There is no place for the observer's position. Immutable.
/// </summary>
public sealed record PictureDescription
{
    /// <summary>INSTRUME: the camera.</summary>
    public string? Camera { get; init; }

    /// <summary>TELESCOP: the telescope's name.</summary>
    public string? Telescope { get; init; }

    /// <summary>CREATOR: the program that makes the file.</summary>
    public string? Creator { get; init; }

    /// <summary>OBJECT: the target.</summary>
    public string? Target { get; init; }

    /// <summary>FILTER: its name.</summary>
    public string? Filter { get; init; }

    /// <summary>STACKCNT: how many exposures the picture is made of; 1 for a single one, at least 1.</summary>
    public int? Exposures { get; init; }

    /// <summary>EXPTIME: the length of one exposure. With <see cref="Exposures"/> it gives LIVETIME and TOTALEXP, the length of all.</summary>
    public TimeSpan? Exposure { get; init; }

    /// <summary>DATE-OBS: when the first exposure began. With <see cref="End"/> it gives DATE-AVG, the middle.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>DATE-END: when the last exposure ended, as near as is known.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>GAIN: in the camera's own steps, 0.1 dB.</summary>
    public int? Gain { get; init; }

    /// <summary>CCD-TEMP: the sensor's temperature in °C.</summary>
    public double? SensorTemperature { get; init; }

    /// <summary>FOCALLEN: in mm.</summary>
    public double? FocalLength { get; init; }

    /// <summary>APTDIA: diameter of the aperture in mm.</summary>
    public double? Aperture { get; init; }

    /// <summary>XPIXSZ and YPIXSZ: side of the picture's pixels in µm.</summary>
    public double? PixelSize { get; init; }

    /// <summary>RA and DEC with RADESYS and EQUINOX: the target or the picture's centre, of J2000; see <see cref="Equinox.ToJ2000"/>.</summary>
    public EquatorialPosition? Position { get; init; }

    /// <summary>The cards of everything that is known, in a fixed order.</summary>
    public IEnumerable<FitsCard> Cards()
    {
        FitsCard?[] cards =
        [
            Text("INSTRUME", Camera, "Camera"),
            Text("TELESCOP", Telescope, "Telescope"),
            Text("CREATOR", Creator, null),
            Text("OBJECT", Target, "Target"),
            Text("FILTER", Filter, null),
            Exposures is { } count ? new FitsCard("STACKCNT", count, "Exposures in the picture") : null,
            Number("EXPTIME", Exposure?.TotalSeconds, "[s] One exposure"),
            Number("LIVETIME", (Exposures * Exposure)?.TotalSeconds, "[s] All exposures"),
            Number("TOTALEXP", (Exposures * Exposure)?.TotalSeconds, "[s] All exposures"),
            (Start ?? End) is null ? null : new FitsCard("TIMESYS", "UTC"),
            Moment("DATE-OBS", Start, "Start of the first exposure"),
            Moment("DATE-AVG", Start + ((End - Start) / 2), "Middle"),
            Moment("DATE-END", End, "End of the last exposure"),
            Gain is { } gain ? new FitsCard("GAIN", gain, "[0.1 dB]") : null,
            Number("CCD-TEMP", SensorTemperature, "[deg C] Sensor"),
            Number("FOCALLEN", FocalLength, "[mm] Focal length"),
            Number("APTDIA", Aperture, "[mm] Aperture"),
            Number("XPIXSZ", PixelSize, "[um] Pixel width"),
            Number("YPIXSZ", PixelSize, "[um] Pixel height"),
            Number("RA", Position?.RightAscension, "[deg] Right ascension"),
            Number("DEC", Position?.Declination, "[deg] Declination"),
            Position is null ? null : new FitsCard("RADESYS", "FK5"),
            Position is null ? null : new FitsCard("EQUINOX", 2000.0),
        ];
        return cards.OfType<FitsCard>();
    }

    private static FitsCard? Text(string keyword, string? value, string? comment) =>
        string.IsNullOrWhiteSpace(value) ? null : new FitsCard(keyword, value, comment);

    /// <summary>Rounded to nine digits after the point, as far as a microarcsecond; what is no number is unknown.</summary>
    private static FitsCard? Number(string keyword, double? value, string comment) =>
        value is { } number && double.IsFinite(number) ? new FitsCard(keyword, Math.Round(number, 9), comment) : null;

    private static FitsCard? Moment(string keyword, DateTimeOffset? value, string comment) =>
        value is { } moment ? new FitsCard(keyword, moment, comment) : null;
}
