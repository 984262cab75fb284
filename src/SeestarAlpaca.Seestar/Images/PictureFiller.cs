using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SeestarAlpaca.Imaging.Checksums;
using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Seestar.Images;

/// <summary>Collects a picture's bytes where its samples are; finds out on the way whether they are one or three samples for each pixel.</summary>
/// <remarks>Not thread safe.</remarks>
/// <param name="header">Tells the size, and by its kind what is expected.</param>
/// <param name="phase">The colour filter array of Bayer data.</param>
/// <param name="pool">Where pictures are borrowed from; null for memory of their own.</param>
internal sealed class PictureFiller(FrameHeader header, BayerPhase phase, PixelPool? pool)
{
    /// <summary>As much is taken in at once: what has just been written is still in the cache when its checksum is taken.</summary>
    public const int Chunk = 128 << 10;

    private readonly byte[] _beyond = new byte[16];

    private Image16? _image = header.Kind == FrameKind.Stacked
        ? new RgbImage(header.Width, header.Height, pool)
        : new BayerImage(header.Width, header.Height, phase, pool);

    private SampleBytes? _bytes;
    private long _length;
    private Crc32 _crc;

    /// <summary>Where the next bytes belong; never empty. Beyond the picture's end it is a place of a few bytes that <see cref="Take"/> looks into.</summary>
    public Memory<byte> Free
    {
        get
        {
            _bytes ??= new SampleBytes(_image!);
            return _length < _bytes.Memory.Length ? _bytes.Memory[(int)_length..(int)Math.Min(_length + Chunk, _bytes.Memory.Length)] : _beyond;
        }
    }

    private long BayerBytes => (long)header.Width * header.Height * 2;

    private long RgbBytes => BayerBytes * 3;

    /// <summary>Takes in the bytes that were put into the beginning of <see cref="Free"/>.</summary>
    /// <param name="count">How many; at least 1.</param>
    /// <exception cref="InvalidDataException">There are more than any picture of this size has.</exception>
    public void Take(int count)
    {
        var taken = Free[..count].Span;
        if (_length + count > RgbBytes)
        {
            throw new InvalidDataException($"A picture of {header.Width} × {header.Height} pixels has more than {RgbBytes} bytes.");
        }

        _crc.Append(taken);
        if (_image is BayerImage && _length + count > BayerBytes)
        {
            ContinueIn(new RgbImage(header.Width, header.Height, pool));
            taken.CopyTo(Free.Span);
        }

        _length += count;
    }

    /// <summary>Takes in bytes that are somewhere else.</summary>
    /// <exception cref="InvalidDataException">There are more than any picture of this size has.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, Free.Length);
            bytes[..count].CopyTo(Free.Span);
            Take(count);
            bytes = bytes[count..];
        }
    }

    /// <summary>Compares what has come with what the archive says of it.</summary>
    /// <exception cref="InvalidDataException">They differ.</exception>
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

    /// <summary>The picture, which is the caller's from now on.</summary>
    /// <exception cref="InvalidDataException">It is not complete.</exception>
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

    /// <summary>Gives the memory back; does nothing after <see cref="Finish"/>.</summary>
    public void Discard() => Interlocked.Exchange(ref _image, null)?.Dispose();

    private void ContinueIn(Image16 other)
    {
        MemoryMarshal.AsBytes(_image!.Samples)[..(int)_length].CopyTo(MemoryMarshal.AsBytes(other.Writable));
        _image.Dispose();
        (_image, _bytes) = (other, null);
    }
}
