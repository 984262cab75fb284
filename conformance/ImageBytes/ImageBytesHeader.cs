using System.Buffers.Binary;

namespace SeestarAlpaca.Conformance.ImageBytes;

/// <summary>The metadata before the pixels of ImageBytes, version 1: eleven little-endian numbers of 32 bits (alpaca-camera.md §4.3).</summary>
internal sealed record ImageBytesHeader(
    int MetadataVersion,
    int ErrorNumber,
    uint ClientTransactionId,
    uint ServerTransactionId,
    int DataStart,
    int ImageElementType,
    int TransmissionElementType,
    int Rank,
    int Dimension1,
    int Dimension2,
    int Dimension3)
{
    /// <summary>Bytes of the metadata.</summary>
    public const int Length = 44;

    /// <summary>Reads the first 44 bytes; null when there are fewer.</summary>
    public static ImageBytesHeader? Read(ReadOnlySpan<byte> body)
    {
        if (body.Length < Length)
        {
            return null;
        }

        var numbers = new int[Length / sizeof(int)];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadInt32LittleEndian(body[(i * sizeof(int))..]);
        }

        return new ImageBytesHeader(
            numbers[0], numbers[1], (uint)numbers[2], (uint)numbers[3], numbers[4], numbers[5], numbers[6], numbers[7], numbers[8], numbers[9], numbers[10]);
    }
}
