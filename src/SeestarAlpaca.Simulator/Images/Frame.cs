using System.Text;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>One message of an image port: header and payload.</summary>
/// <param name="Header">The 80 bytes.</param>
/// <param name="Payload">What follows them.</param>
internal sealed record Frame(FrameHeader Header, FramePayload Payload)
{
    /// <summary>A sentence.</summary>
    public static Frame Text(string text, PayloadForm form, byte requestId)
    {
        var payload = new BytesPayload(Encoding.ASCII.GetBytes(text));
        return new Frame(new FrameHeader(payload.Length, FrameKind.Text, form, requestId, 0, 0, false, 0), payload);
    }

    /// <summary>A sub as it is: a pushed preview.</summary>
    public static Frame Raw(BayerImage sub, int imageId, byte requestId) =>
        Picture(sub, FrameKind.Single, PayloadForm.Raw, imageId, requestId, new SamplePayload(sub));

    /// <summary>A picture in a ZIP archive.</summary>
    /// <param name="image">A sub or a stack.</param>
    /// <param name="entry">Its deflated samples.</param>
    /// <param name="stamp">The archive's date, which makes each archive different.</param>
    /// <param name="zip64">Whether the archive has the ZIP64 form.</param>
    /// <param name="imageId">The exposure counter.</param>
    /// <param name="requestId">Low byte of the request's id.</param>
    public static Frame Zip(Image16 image, DeflatedSamples entry, DateTimeOffset stamp, bool zip64, int imageId, byte requestId) =>
        Picture(
            image, image is BayerImage ? FrameKind.Single : FrameKind.Stacked, PayloadForm.Zip, imageId, requestId,
            new BytesPayload(ZipStructure.Head(stamp, zip64), entry.Compressed, ZipStructure.Tail(entry, stamp, zip64)));

    private static Frame Picture(Image16 image, FrameKind kind, PayloadForm form, int imageId, byte requestId, FramePayload payload) =>
        new(new FrameHeader(payload.Length, kind, form, requestId, image.Width, image.Height, image is BayerImage, imageId), payload);
}
