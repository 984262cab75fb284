using System.Buffers;
using System.Buffers.Binary;
using SeestarAlpaca.Simulator.Tests.Clients;
using SeestarAlpaca.Simulator.Video;

namespace SeestarAlpaca.Simulator.Tests.Video;

public sealed class RtpPacketsTests
{
    private const uint Source = 0xA1B2C3D4;

    public static TheoryData<int[]> Lengths => new()
    {
        { [1] },
        { [1400] },
        { [1401] },
        { [5, 4, 100_000] },
        { [2796, 2797, 2798] },
        { [1399, 1400, 1401, 4194, 4195, 4196] },
    };

    [Fact]
    public void A_short_unit_is_one_packet_and_the_last_of_its_picture_is_marked()
    {
        var bytes = Write(new RtpPackets(6, Source, 0xFFFF), [0x67, 0x64, 0x00, 0x28], [0x65, 0x88, 0x01]);

        Assert.Equal(
            "24060010" + "8060FFFF" + "01020304" + "A1B2C3D4" + "67640028"
            + "2406000F" + "80E00000" + "01020304" + "A1B2C3D4" + "658801",
            Convert.ToHexString(bytes));
    }

    [Fact]
    public void A_long_unit_is_split_and_its_first_byte_goes_into_the_two_that_begin_each_fragment()
    {
        var unit = TestClip.Slice(0x65, picture: 0, length: 3000);

        var bytes = Write(new RtpPackets(0, Source, 10), unit);

        // 2 + 1398 bytes twice, 2 + 203 bytes at the end; only the end is marked.
        Assert.Equal(3 * 4 + 3 * 12 + 3 * 2 + 2999, bytes.Length);
        Assert.Equal("24000584" + "8060000A" + "01020304A1B2C3D4" + "7C85" + "8801", Convert.ToHexString(bytes, 0, 20));
        Assert.Equal("24000584" + "8060000B" + "01020304A1B2C3D4" + "7C05", Convert.ToHexString(bytes, 1416, 18));
        Assert.Equal("240000D9" + "80E0000C" + "01020304A1B2C3D4" + "7C45", Convert.ToHexString(bytes, 2832, 18));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Units_come_out_of_the_packets_as_they_went_in(int[] lengths)
    {
        byte[][] units = [.. lengths.Select((length, i) => (byte[])[(byte)(0x60 | (i % 20)), .. Enumerable.Range(0, length - 1).Select(j => (byte)(i + j))])];
        var packets = new RtpPackets(0, Source, 65_530);

        var received = new RtpReceiver();
        foreach (var packet in Packets(Write(packets, units)))
        {
            received.Take(packet);
        }

        var picture = Assert.Single(received.Pictures);
        Assert.Equal(units, picture.Units);
        Assert.Equal(0x01020304u, picture.RtpTime);
        Assert.Equal((uint)received.Packets, packets.Packets);
        Assert.Equal((uint)received.PayloadBytes, packets.Octets);
        Assert.InRange(received.LongestPayload, 1, RtpPackets.MaxPayload);
    }

    private static byte[] Write(RtpPackets packets, params byte[][] units)
    {
        var output = new ArrayBufferWriter<byte>();
        packets.Write(new AccessUnit(IsKey: true, [.. units.Select(unit => (ReadOnlyMemory<byte>)unit)]), 0x01020304, output);
        return output.WrittenSpan.ToArray();
    }

    private static IEnumerable<byte[]> Packets(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length;)
        {
            Assert.Equal((byte)'$', bytes[i]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(i + 2));
            yield return bytes[(i + 4)..(i + 4 + length)];
            i += 4 + length;
        }
    }
}
