using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Live;

/// <summary>The FITS cards of a stack. A keyword whose source is unknown is left out; the owner's position is never in.</summary>
internal static class StackHeader
{
    public static IEnumerable<FitsCard> Cards(Telescope telescope, StackDetails stack)
    {
        var model = telescope.Model;
        yield return new FitsCard("INSTRUME", model.Name, "Camera");
        yield return new FitsCard("TELESCOP", telescope.Name, "Telescope");
        yield return new FitsCard("CREATOR", $"SeestarAlpaca {ServerVersion.Text}");

        if (stack.TargetName is { Length: > 0 } target)
        {
            yield return new FitsCard("OBJECT", target, "Target");
        }

        if (stack.Frames is { } frames)
        {
            yield return new FitsCard("STACKCNT", frames, "Exposures in the stack");
        }

        if (stack.SubExposure is { } sub)
        {
            yield return new FitsCard("EXPTIME", sub.TotalSeconds, "[s] One exposure");
        }

        if (stack.Integration is { } integration)
        {
            yield return new FitsCard("LIVETIME", integration.TotalSeconds, "[s] All exposures");
            yield return new FitsCard("TOTALEXP", integration.TotalSeconds, "[s] All exposures");
        }

        if (stack.Gain is { } gain)
        {
            yield return new FitsCard("GAIN", gain, "[0.1 dB]");
        }

        if (stack.LpFilter is { } filter)
        {
            yield return new FitsCard("FILTER", filter ? "LP" : "IRCUT");
        }

        var pixel = Math.Round(model.PixelSizeOf(stack.Size.Width), 4);
        yield return new FitsCard("XPIXSZ", pixel, "[um] Pixel width");
        yield return new FitsCard("YPIXSZ", pixel, "[um] Pixel height");
        if (model.FocalLength > 0)
        {
            yield return new FitsCard("FOCALLEN", model.FocalLength, "[mm]");
            yield return new FitsCard("APTDIA", model.Aperture, "[mm]");
        }

        yield return new FitsCard("DATE-END", stack.ReceivedAt, "When the stack was received");
    }
}
