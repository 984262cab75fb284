using System.Collections.Frozen;
using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Simulator.Models;

/// <summary>Width and height of a picture in pixels.</summary>
/// <param name="Width">Columns; even, so that every row begins with the same colour.</param>
/// <param name="Height">Rows; even.</param>
public readonly record struct PictureSize(int Width, int Height);

/// <summary>The constants of a model (<c>seestar-protocol.md</c> §7, §4.1).</summary>
/// <param name="ProductModel">The name in replies.</param>
/// <param name="SsidPrefix">What precedes the serial number in the name of the telescope's own Wi-Fi.</param>
/// <param name="DefaultFirmware">The version assumed where none is asked for.</param>
/// <param name="Size">Telephoto pictures as delivered.</param>
/// <param name="WideSize">Pictures of the wide camera; null where there is none.</param>
/// <param name="WideStep">Spacing of the wide camera's 16-bit values: 16 for 12 bits, 64 for 10.</param>
/// <param name="WidePhase">The colours of the wide camera's pictures, as it tells them.</param>
/// <param name="ArcsecondsPerPixel">Scale of the telephoto pictures.</param>
/// <param name="FocalLength">Millimetres, as a plate solve finds it.</param>
/// <param name="DefaultGain">Gain after power-on, in steps of 0.1 dB.</param>
/// <param name="MaxGain">The highest gain; the lowest is 0.</param>
internal sealed record ModelFacts(
    string ProductModel,
    string SsidPrefix,
    FirmwareVersion DefaultFirmware,
    PictureSize Size,
    PictureSize? WideSize,
    int WideStep,
    BayerPhase WidePhase,
    double ArcsecondsPerPixel,
    double FocalLength,
    int DefaultGain,
    int MaxGain)
{
    private static readonly FrozenDictionary<SeestarModel, ModelFacts> Table = new Dictionary<SeestarModel, ModelFacts>
    {
        [SeestarModel.S50] = new(
            "Seestar S50", "S50", new FirmwareVersion(6, 70), new(1080, 1920), null, 16, BayerPhase.Grbg, 2.37, 252.4, 80, 400),
        [SeestarModel.S30] = new(
            "Seestar S30", "S30", new FirmwareVersion(7, 6), new(1080, 1920), new(1920, 1080), 16, BayerPhase.Rggb, 3.99, 149.9, 200, 400),
        [SeestarModel.S30Pro] = new(
            "Seestar S30 Pro", "S30 Pro", new FirmwareVersion(9, 31), new(2160, 3840), new(2160, 3840), 64, BayerPhase.Grbg, 3.74, 159.9, 200, 600),
    }.ToFrozenDictionary();

    /// <summary>The constants of one model.</summary>
    public static ModelFacts Of(SeestarModel model) => Table[model];
}
