using System.Buffers;
using System.IO.Compression;
using System.Text;
using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Seestar.Images;

/// <summary>
/// Turns payloads into pictures while their bytes arrive: raw samples or a ZIP archive, Bayer data or RGB. The number of samples decides
/// which of the two it is, never the kind of frame (<c>seestar-protocol.md</c> §5.4–5.5).
/// </summary>
/// <remarks>Thread safe; one payload is decoded by one caller.</remarks>
/// <param name="pool">Where pictures are borrowed from; null for memory of their own.</param>
public sealed class FrameDecoder(PixelPool? pool = null)
{
    /// <summary>Reads a text frame.</summary>
    /// <exception cref="EndOfStreamException">The connection ended inside the payload.</exception>
    public static async ValueTask<string> ReadTextAsync(PayloadStream payload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(payload);
        var bytes = new byte[payload.Remaining];
        await payload.ReadExactlyAsync(bytes, cancellationToken);
        return Encoding.ASCII.GetString(bytes);
    }

    /// <summary>Decodes a picture; the payload is read to its end.</summary>
    /// <param name="header">The frame's header.</param>
    /// <param name="payload">Its payload, unread.</param>
    /// <param name="phase">The colour filter array of Bayer data.</param>
    /// <param name="cancellationToken">Ends the wait for bytes.</param>
    /// <returns>An <see cref="RgbImage"/> or a <see cref="BayerImage"/> of the header's size.</returns>
    /// <exception cref="InvalidDataException">The payload is damaged; the connection is in step again after draining it.</exception>
    /// <exception cref="EndOfStreamException">The connection ended inside the payload.</exception>
    public async ValueTask<Image16> DecodeAsync(FrameHeader header, PayloadStream payload, BayerPhase phase, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(payload);
        var filler = new PictureFiller(header, phase, pool);
        try
        {
            switch (header.Form)
            {
                case PayloadForm.Raw:
                    await CopyAsync(payload, filler, cancellationToken);
                    break;
                case PayloadForm.Zip:
                    await InflateAsync(payload, filler, cancellationToken);
                    break;
                default:
                    throw new InvalidDataException($"A picture frame has payload form {(byte)header.Form}; 2 (raw) and 3 (ZIP) are known.");
            }

            return filler.Finish();
        }
        catch
        {
            filler.Discard();
            throw;
        }
    }

    private static async ValueTask InflateAsync(PayloadStream payload, PictureFiller filler, CancellationToken cancellationToken)
    {
        var local = new byte[ZipDirectory.LocalHeaderLength];
        await ReadInsideAsync(payload, local, cancellationToken);
        await ReadInsideAsync(payload, new byte[ZipDirectory.SkipToData(local)], cancellationToken);

        await using (var inflater = new DeflateStream(payload, CompressionMode.Decompress, leaveOpen: true))
        {
            int read;
            while ((read = await ReadAsync(inflater, filler.Free, cancellationToken)) > 0)
            {
                filler.Take(read);
            }
        }

        await payload.DrainAsync(cancellationToken);
        filler.Check(ZipDirectory.Read(payload.CopyTail(), payload.TotalLength));
    }

    private static async ValueTask ReadInsideAsync(PayloadStream payload, byte[] buffer, CancellationToken cancellationToken)
    {
        if (payload.Remaining < buffer.Length)
        {
            throw new InvalidDataException($"A ZIP payload of {payload.TotalLength} bytes ends inside its first header.");
        }

        await payload.ReadExactlyAsync(buffer, cancellationToken);
    }

    private static async ValueTask CopyAsync(PayloadStream payload, PictureFiller filler, CancellationToken cancellationToken)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(PictureFiller.Chunk);
        try
        {
            int read;
            while ((read = await payload.ReadAsync(chunk, cancellationToken)) > 0)
            {
                filler.Append(chunk.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static async ValueTask<int> ReadAsync(DeflateStream source, Memory<byte> destination, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(destination, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            // The inflater's own words speak of an unsupported method, which it is not.
            throw new InvalidDataException("The ZIP entry's compressed bytes are damaged.", exception);
        }
    }
}
