using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using SeestarAlpaca.Imaging.Checksums;
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
    private const int Chunk = 128 << 10;

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
            await CopyAsync(inflater, filler, cancellationToken);
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

    private static async ValueTask CopyAsync(Stream source, PictureFiller filler, CancellationToken cancellationToken)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            int read;
            while ((read = await ReadAsync(source, chunk, cancellationToken)) > 0)
            {
                filler.Append(chunk.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static async ValueTask<int> ReadAsync(Stream source, byte[] chunk, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(chunk, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            // The inflater's own words speak of an unsupported method, which it is not.
            throw new InvalidDataException("The ZIP entry's compressed bytes are damaged.", exception);
        }
    }

    /// <summary>Collects a picture's bytes; finds out on the way whether they are one or three samples for each pixel.</summary>
    private sealed class PictureFiller(FrameHeader header, BayerPhase phase, PixelPool? pool)
    {
        private Image16? _image = header.Kind == FrameKind.Stacked
            ? new RgbImage(header.Width, header.Height, pool)
            : new BayerImage(header.Width, header.Height, phase, pool);

        private long _length;
        private Crc32 _crc;

        private long BayerBytes => (long)header.Width * header.Height * 2;

        private long RgbBytes => BayerBytes * 3;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            if (_length + bytes.Length > RgbBytes)
            {
                throw new InvalidDataException($"A picture of {header.Width} × {header.Height} pixels has more than {RgbBytes} bytes.");
            }

            if (_image is BayerImage && _length + bytes.Length > BayerBytes)
            {
                ContinueIn(new RgbImage(header.Width, header.Height, pool));
            }

            bytes.CopyTo(MemoryMarshal.AsBytes(_image!.Writable)[(int)_length..]);
            _crc.Append(bytes);
            _length += bytes.Length;
        }

        public void Check(ZipDirectory directory)
        {
            if (directory.Size != _length)
            {
                throw new InvalidDataException($"The ZIP entry inflates to {_length} bytes; its directory says {directory.Size}.");
            }

            if (directory.Crc32 != _crc.Value)
            {
                throw new InvalidDataException($"The ZIP entry has checksum {_crc.Value:X8}; its directory says {directory.Crc32:X8}.");
            }
        }

        public Image16 Finish()
        {
            if (_length != BayerBytes && _length != RgbBytes)
            {
                throw new InvalidDataException(
                    $"A picture of {header.Width} × {header.Height} pixels has {_length} bytes; {BayerBytes} (Bayer) or {RgbBytes} (RGB) are right.");
            }

            if (_image is RgbImage && _length == BayerBytes)
            {
                ContinueIn(new BayerImage(header.Width, header.Height, phase, pool));
            }

            if (!BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.ReverseEndianness(_image!.Samples, _image.Writable);
            }

            return Interlocked.Exchange(ref _image, null)!;
        }

        public void Discard() => Interlocked.Exchange(ref _image, null)?.Dispose();

        private void ContinueIn(Image16 other)
        {
            MemoryMarshal.AsBytes(_image!.Samples)[..(int)_length].CopyTo(MemoryMarshal.AsBytes(other.Writable));
            _image.Dispose();
            _image = other;
        }
    }
}
