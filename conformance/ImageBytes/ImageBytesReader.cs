using System.Buffers.Binary;
using System.Text;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.ImageBytes;

/// <summary>Reads ImageBytes and says what is wrong with them (alpaca-camera.md §4.3).</summary>
internal static class ImageBytesReader
{
    private const int Int32 = 2;
    private const int UInt16 = 8;

    /// <summary>What the ASCOM Library unpacks into Int32, and its bytes an element.</summary>
    private static readonly Dictionary<int, int> SizeOfElement = new() { [6] = 1, [1] = 2, [UInt16] = 2, [Int32] = 4 };

    /// <summary>Reads a body.</summary>
    /// <param name="body">The whole reply.</param>
    /// <param name="maxElements">Elements that the image may have.</param>
    public static ImageReading Read(ReadOnlySpan<byte> body, int maxElements)
    {
        if (ImageBytesHeader.Read(body) is not { } header)
        {
            return new ImageReading(null, $"{body.Length} bytes are fewer than the {ImageBytesHeader.Length} of the metadata", []);
        }

        if (header.ErrorNumber != 0)
        {
            var message = header.DataStart >= ImageBytesHeader.Length && header.DataStart <= body.Length
                ? Encoding.UTF8.GetString(body[header.DataStart..])
                : "";
            return new ImageReading(
                null, $"error 0x{header.ErrorNumber:X3}: {message}", [Problem.Stricter("an error inside ImageBytes; alpyca fails on it, JSON is what all clients read")]);
        }

        if (WhyUnreadable(header, body.Length, maxElements) is { } reason)
        {
            return new ImageReading(null, reason, []);
        }

        var problems = new List<Problem>();
        if (header.ImageElementType != Int32)
        {
            problems.Add(Problem.Issue($"ImageElementType is {header.ImageElementType}; ImageArray is Int32, 2"));
        }

        var values = Values(body[header.DataStart..], header.TransmissionElementType);
        if (header.TransmissionElementType == Int32 && values.All(value => value is >= 0 and <= ushort.MaxValue))
        {
            problems.Add(Problem.Stricter("TransmissionElementType is 2 (Int32) although all values fit UInt16: twice the bytes, and alpyca on Linux and macOS fails"));
        }

        return new ImageReading(
            new Picture(header.Rank, header.Dimension1, header.Dimension2, header.Rank == 3 ? header.Dimension3 : 1, values), null, problems);
    }

    private static string? WhyUnreadable(ImageBytesHeader header, int length, int maxElements)
    {
        if (header.MetadataVersion != 1)
        {
            return $"MetadataVersion is {header.MetadataVersion}; only 1 exists";
        }

        if (header.DataStart < ImageBytesHeader.Length || header.DataStart > length)
        {
            return $"DataStart is {header.DataStart}; it must be {ImageBytesHeader.Length}";
        }

        if (!SizeOfElement.TryGetValue(header.TransmissionElementType, out var size))
        {
            return $"TransmissionElementType is {header.TransmissionElementType}; clients unpack 6, 1, 8 and 2 into Int32";
        }

        var rightPlanes = header.Rank switch { 2 => header.Dimension3 == 0, 3 => header.Dimension3 == 3, _ => false };
        if (!rightPlanes || header.Dimension1 < 1 || header.Dimension2 < 1)
        {
            return $"Rank {header.Rank} with dimensions {header.Dimension1}, {header.Dimension2}, {header.Dimension3}";
        }

        var elements = (Int128)header.Dimension1 * header.Dimension2 * Math.Max(1, header.Dimension3);
        return elements > maxElements ? $"{elements} elements are more than the sensor has"
            : elements * size != length - header.DataStart ? $"{length - header.DataStart} bytes of data where {elements} elements of {size} bytes were announced"
            : null;
    }

    private static int[] Values(ReadOnlySpan<byte> data, int type)
    {
        var values = new int[data.Length / SizeOfElement[type]];
        switch (type)
        {
            case 6:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = data[i];
                }

                break;
            case 1:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = BinaryPrimitives.ReadInt16LittleEndian(data[(i * sizeof(short))..]);
                }

                break;
            case UInt16:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = BinaryPrimitives.ReadUInt16LittleEndian(data[(i * sizeof(ushort))..]);
                }

                break;
            default:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = BinaryPrimitives.ReadInt32LittleEndian(data[(i * sizeof(int))..]);
                }

                break;
        }

        return values;
    }
}
