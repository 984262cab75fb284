using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Telescopes;

/// <summary>Constants of a model's wide camera (<c>seestar-protocol.md</c> §7).</summary>
/// <param name="Sensor">The sensor's part number.</param>
/// <param name="Width">Columns as delivered, in pixels.</param>
/// <param name="Height">Rows as delivered, in pixels.</param>
/// <param name="PixelSize">Side of a sensor pixel in µm.</param>
/// <param name="Phase">Its colours, as the telescope tells them.</param>
public sealed record WideModel(string Sensor, int Width, int Height, double PixelSize, BayerPhase Phase);

/// <summary>Constants of a model (<c>seestar-protocol.md</c> §7).</summary>
/// <param name="Name">The product's name.</param>
/// <param name="Sensor">The sensor's part number, upper case without blanks; empty when unknown.</param>
/// <param name="SensorWidth">Columns as delivered, in pixels.</param>
/// <param name="SensorHeight">Rows as delivered, in pixels.</param>
/// <param name="PixelSize">Side of a sensor pixel in µm.</param>
/// <param name="FocalLength">In mm; 0 when unknown.</param>
/// <param name="Aperture">Diameter in mm; 0 when unknown.</param>
/// <param name="MaxGain">The highest gain in 0.1 dB; the lowest is 0.</param>
/// <param name="Wide">The wide camera; null where there is none, or none is known.</param>
public sealed record TelescopeModel(
    string Name, string Sensor, int SensorWidth, int SensorHeight, double PixelSize, double FocalLength, double Aperture, int MaxGain, WideModel? Wide)
{
    private static readonly TelescopeModel[] Models =
    [
        new("Seestar S50", "IMX462", 1080, 1920, 2.9, 250, 50, 400, null),
        new("Seestar S30", "IMX662", 1080, 1920, 2.9, 150, 30, 400, new WideModel("GC2083", 1920, 1080, 2.7, BayerPhase.Rggb)),
        new("Seestar S30 Pro", "IMX585", 2160, 3840, 2.9, 160, 30, 600, new WideModel("IMX586", 2160, 3840, 1.6, BayerPhase.Grbg)),
    ];

    private static readonly TelescopeModel Unknown = new("Seestar", string.Empty, 1080, 1920, 2.9, 0, 0, 400, null);

    /// <summary>The model of that name; the commonest sizes where it is not known.</summary>
    public static TelescopeModel Of(string? name) => Array.Find(Models, model => model.Name == name) ?? Unknown;

    /// <summary>Side of a stack's pixel in µm: a stack of twice the sensor's width is the same field on a finer grid.</summary>
    /// <param name="stackWidth">Columns of the stack; at least 1.</param>
    public double PixelSizeOf(int stackWidth) => PixelSize * SensorWidth / stackWidth;
}
