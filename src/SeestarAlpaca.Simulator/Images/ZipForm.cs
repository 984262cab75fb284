using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>
/// Packs pictures into ZIP frames. Each archive carries a later time than the one before, so two of the same picture differ in bytes, as
/// a telescope's do (<c>seestar-protocol.md</c> §5.5), while the picture is deflated once.
/// </summary>
internal sealed class ZipForm(Telescope telescope)
{
    private int _packed;

    /// <summary>Makes the frame.</summary>
    public Frame Pack(Image16 image, DeflatedSamples deflated, int imageId, byte requestId)
    {
        // Time stamps of ZIP are in steps of two seconds.
        var stamp = telescope.Clock.Date(telescope.Clock.Now).AddSeconds(2 * Interlocked.Increment(ref _packed));
        return Frame.Zip(image, deflated, stamp, telescope.Options.Zip64, imageId, requestId);
    }
}
