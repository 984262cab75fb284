using System.Buffers.Binary;
using SeestarAlpaca.Conformance.ImageBytes;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Tests.ImageBytes;

public sealed class ImageBytesReaderTests
{
    private const int Plenty = 1000;

    [Fact]
    public void The_worked_example_of_the_metadata_is_read()
    {
        var bytes = Convert.FromHexString("0100000000000000050000002C0100002C000000020000000800000002000000800700003804000000000000");

        Assert.Equal(new ImageBytesHeader(1, 0, 5, 300, 44, 2, 8, 2, 1920, 1080, 0), ImageBytesHeader.Read(bytes));
    }

    /// <summary>Transmission type, element bytes, value of the first element.</summary>
    [Theory]
    [InlineData(6, "FF", 255)]
    [InlineData(1, "FFFF", -1)]
    [InlineData(8, "FFFF", 65535)]
    [InlineData(2, "FFFF0100", 131071)]
    public void Elements_are_unpacked_into_numbers(int type, string element, int value)
    {
        var reading = ImageBytesReader.Read([.. Header(type, 2, 1, 1, 0), .. Convert.FromHexString(element)], Plenty);

        Assert.Equal([value], reading.Picture!.Values);
        Assert.Empty(reading.Problems);
    }

    /// <summary>Which number of the metadata, what is put there, what is told.</summary>
    [Theory]
    [InlineData(0, 2, "MetadataVersion is 2")]
    [InlineData(4, 43, "DataStart is 43")]
    [InlineData(4, 9999, "DataStart is 9999")]
    [InlineData(6, 3, "TransmissionElementType is 3")]
    [InlineData(7, 4, "Rank 4")]
    [InlineData(8, -1, "dimensions -1")]
    [InlineData(8, 3, "bytes of data where")]
    [InlineData(8, int.MaxValue, "more than the sensor has")]
    [InlineData(10, 3, "Rank 2")]
    public void Metadata_that_cannot_be_right_is_told(int field, int number, string reason)
    {
        var body = (byte[])[.. Header(8, 2, 2, 1, 0), 1, 0, 2, 0];
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(4 * field), number);

        var reading = ImageBytesReader.Read(body, Plenty);

        Assert.Null(reading.Picture);
        Assert.Contains(reason, reading.Unreadable, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_bytes_than_the_metadata_are_told() => Assert.Contains("43 bytes", ImageBytesReader.Read(new byte[43], Plenty).Unreadable, StringComparison.Ordinal);

    [Fact]
    public void Bytes_too_many_are_told() =>
        Assert.Contains("3 bytes of data", ImageBytesReader.Read([.. Header(8, 2, 1, 1, 0), 1, 2, 3], Plenty).Unreadable, StringComparison.Ordinal);

    [Fact]
    public void Another_element_type_than_Int32_is_an_issue()
    {
        var body = (byte[])[.. Header(8, 2, 1, 1, 0), 1, 2];
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(20), 8);

        Assert.Equal(Outcome.Issue, Assert.Single(ImageBytesReader.Read(body, Plenty).Problems).Tolerant);
    }

    [Fact]
    public void Int32_on_the_wire_is_a_problem_only_where_UInt16_would_do()
    {
        var small = ImageBytesReader.Read([.. Header(2, 2, 1, 1, 0), 1, 0, 0, 0], Plenty);
        var large = ImageBytesReader.Read([.. Header(2, 2, 1, 1, 0), 1, 0, 1, 0], Plenty);

        Assert.Equal(Outcome.Information, Assert.Single(small.Problems).Tolerant);
        Assert.Empty(large.Problems);
    }

    private static byte[] Header(int transmission, int rank, int width, int height, int planes)
    {
        var header = new byte[ImageBytesHeader.Length];
        int[] numbers = [1, 0, 5, 300, ImageBytesHeader.Length, 2, transmission, rank, width, height, planes];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4 * i), numbers[i]);
        }

        return header;
    }
}
