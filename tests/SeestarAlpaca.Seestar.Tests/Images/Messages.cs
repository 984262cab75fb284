using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Tests.Images;

/// <summary>Reads everything from a stream and tells it as text, so that tables of bytes have tables of words beside them.</summary>
internal static class Messages
{
    /// <summary>Such as <c>line {…}</c>, <c>text done</c>, <c>bayer 4x2: 1000 2000 …</c> (hexadecimal), <c>damaged</c>.</summary>
    public static async Task<string[]> TellAsync(Stream stream, CancellationToken cancellationToken)
    {
        var told = new List<string>();
        var reader = new FrameReader(stream);
        while (await reader.ReadAsync(cancellationToken) is { } message)
        {
            told.Add(message is FrameMessage frame ? await TellAsync(frame, cancellationToken) : $"line {((LineMessage)message).Text}");
        }

        return [.. told];
    }

    public static string Tell(Image16 image)
    {
        var kind = image is BayerImage ? "bayer" : "rgb";
        return $"{kind} {image.Width}x{image.Height}: {string.Join(' ', image.Samples.ToArray().Select(sample => sample.ToString("X4")))}";
    }

    private static async Task<string> TellAsync(FrameMessage frame, CancellationToken cancellationToken)
    {
        if (frame.Header.Kind == FrameKind.Text)
        {
            return $"text {await FrameDecoder.ReadTextAsync(frame.Payload, cancellationToken)}";
        }

        try
        {
            using var image = await new FrameDecoder().DecodeAsync(frame.Header, frame.Payload, BayerPhase.Grbg, cancellationToken);
            return Tell(image);
        }
        catch (InvalidDataException)
        {
            return "damaged";
        }
    }
}
