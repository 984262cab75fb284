using SeestarAlpaca.Identity;

namespace SeestarAlpaca.Cameras;

/// <summary>What cameras are called.</summary>
/// <param name="Name">After the telescope's name, in lists of cameras.</param>
/// <param name="Description">Before "of a", in the description.</param>
/// <param name="Array">What arrays hold.</param>
internal sealed record FormatNames(string Name, string Description, string Array)
{
    /// <summary>The names of a format.</summary>
    public static FormatNames Of(CameraFormat format) => format switch
    {
        CameraFormat.LiveStackRgb => new("Live stack RGB", "RGB live stack", "RGB, rank 3"),
        CameraFormat.Luminance => new("Live stack luminance", "Luminance of the live stack", "monochrome, rank 2"),
        CameraFormat.LatestSub => new("Latest sub", "Latest sub", "raw Bayer, rank 2"),
        CameraFormat.Wide => new("Wide camera", "Wide camera", "raw Bayer, rank 2"),
        _ => new("Live stack", "Live stack", "RGGB, rank 2"),
    };
}
