using System.Buffers.Binary;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Tests.Images;

public class FrameHeaderTests
{
    [Theory]
    [InlineData(0, 0x03C4, "starts with 03C3, not 03C4")]
    [InlineData(4, 34, "has 80 bytes; this one says 34")]
    [InlineData(12, 0x0101, "big-endian samples")]
    [InlineData(16, 0, "announces 0 × 1920 pixels; both sides must be positive")]
    [InlineData(18, 0, "announces 1080 × 0 pixels; both sides must be positive")]
    [InlineData(16, 16385, "announces 16385 × 1920 pixels; a side has at most 16384")]
    [InlineData(18, 65535, "announces 1080 × 65535 pixels; a side has at most 16384")]
    public void A_header_that_cannot_be_is_refused_with_what_is_wrong(int offset, ushort value, string complaint)
    {
        var bytes = Written(new FrameHeader(1000, FrameKind.Single, PayloadForm.Zip, 21, 1080, 1920, true, 1));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(offset), value);

        var exception = Assert.Throws<InvalidDataException>(() => FrameHeader.Parse(bytes));

        Assert.Contains(complaint, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1080, 1920, (1080 * 1920 * 6) + (1 << 20), true)]
    [InlineData(1080, 1920, (1080 * 1920 * 6) + (1 << 20) + 1, false)]
    [InlineData(2160, 3840, 2160 * 3840 * 6, true)]
    [InlineData(4, 2, int.MaxValue, false)]
    public void A_payload_may_be_as_big_as_the_picture_in_RGB_and_a_ZIPs_own_structure(int width, int height, int length, bool accepted)
    {
        var bytes = Written(new FrameHeader(length, FrameKind.Stacked, PayloadForm.Zip, 23, width, height, false, 1));

        var exception = Record.Exception(() => FrameHeader.Parse(bytes));

        Assert.Equal(accepted ? null : typeof(InvalidDataException), exception?.GetType());
    }

    [Fact]
    public void A_payload_of_four_billion_bytes_is_refused()
    {
        var bytes = Written(new FrameHeader(0, FrameKind.Text, PayloadForm.Text, 2, 0, 0, false, 0));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(6), uint.MaxValue);

        var exception = Assert.Throws<InvalidDataException>(() => FrameHeader.Parse(bytes));

        Assert.Contains("announces 4294967295 bytes; at most 4096 are accepted", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_whose_pixels_would_not_fit_the_limit_is_refused_although_its_payload_would()
    {
        var bytes = Written(new FrameHeader(100, FrameKind.Stacked, PayloadForm.Zip, 23, 16384, 16384, false, 1));

        var exception = Assert.Throws<InvalidDataException>(() => FrameHeader.Parse(bytes));

        Assert.Contains("1610612736 bytes as RGB; at most 536870912 are accepted", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_limit_on_payloads_can_be_set()
    {
        var bytes = Written(new FrameHeader(5000, FrameKind.Single, PayloadForm.Raw, 21, 50, 50, true, 1));

        Assert.Equal(5000, FrameHeader.Parse(bytes, 15_000).PayloadLength);
        Assert.Throws<InvalidDataException>(() => FrameHeader.Parse(bytes, 14_999));
    }

    [Fact]
    public void Bytes_that_readers_must_ignore_are_ignored()
    {
        var header = new FrameHeader(16, FrameKind.Single, PayloadForm.Raw, 21, 4, 2, true, 675);
        var bytes = Written(header);
        bytes.AsSpan(10, 2).Fill(0xAA);
        bytes.AsSpan(20, 4).Fill(0xAA);
        bytes.AsSpan(30).Fill(0xAA);

        Assert.Equal(header, FrameHeader.Parse(bytes));
    }

    private static byte[] Written(FrameHeader header)
    {
        var bytes = new byte[FrameHeader.Length];
        header.Write(bytes, 0, 0);
        return bytes;
    }
}
