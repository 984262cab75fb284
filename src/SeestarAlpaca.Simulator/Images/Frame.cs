using System.Text;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>One message of an image port: header and payload.</summary>
/// <param name="Header">The 80 bytes.</param>
/// <param name="Payload">What follows them.</param>
internal sealed record Frame(FrameHeader Header, FramePayload Payload)
{
    /// <summary>Whether the header repeats the payload's first and last byte.</summary>
    public bool RepeatsEnds { get; init; } = true;

    /// <summary>A sentence.</summary>
    public static Frame Text(string text, PayloadForm form, byte requestId)
    {
        var payload = new BytesPayload(Encoding.ASCII.GetBytes(text));
        return new Frame(new FrameHeader(payload.Length, FrameKind.Text, form, requestId, 0, 0, false, 0), payload);
    }

    /// <summary>A picture as it is: a sub that is pushed as a preview, or a stack.</summary>
    public static Frame Raw(Image16 image, int imageId, byte requestId) => Picture(image, PayloadForm.Raw, imageId, requestId, new SamplePayload(image));

    /// <summary>A picture in a ZIP archive.</summary>
    /// <param name="image">A sub or a stack.</param>
    /// <param name="entry">Its deflated samples.</param>
    /// <param name="stamp">The archive's date, which makes each archive different.</param>
    /// <param name="layout">What surrounds the samples.</param>
    /// <param name="imageId">The exposure counter.</param>
    /// <param name="requestId">Low byte of the request's id.</param>
    public static Frame Zip(Image16 image, DeflatedSamples entry, DateTimeOffset stamp, ZipLayout layout, int imageId, byte requestId) =>
        Picture(image, PayloadForm.Zip, imageId, requestId, new ZipPayload(entry, stamp, layout));

    private static Frame Picture(Image16 image, PayloadForm form, int imageId, byte requestId, FramePayload payload) =>
        new(new FrameHeader(
            payload.Length, image is BayerImage ? FrameKind.Single : FrameKind.Stacked, form, requestId, image.Width, image.Height, image is BayerImage, imageId), payload);
}
