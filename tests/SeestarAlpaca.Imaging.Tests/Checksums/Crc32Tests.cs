using SeestarAlpaca.Imaging.Checksums;

namespace SeestarAlpaca.Imaging.Tests.Checksums;

public sealed class Crc32Tests
{
    [Fact]
    public void The_check_value_of_the_catalogue_comes_out()
    {
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));
    }

    [Fact]
    public void Nothing_has_the_checksum_zero()
    {
        Assert.Equal(0u, Crc32.Of([]));
        Assert.Equal(0u, default(Crc32).Value);
    }

    [Fact]
    public void Every_length_agrees_with_the_definition_bit_by_bit()
    {
        var bytes = new byte[400];
        new Random(1).NextBytes(bytes);

        for (var length = 0; length <= bytes.Length; length++)
        {
            Assert.Equal(ByDefinition(bytes.AsSpan(0, length)), Crc32.Of(bytes.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Pieces_of_every_size_give_the_checksum_of_the_whole()
    {
        var bytes = new byte[1000];
        new Random(2).NextBytes(bytes);
        var whole = Crc32.Of(bytes);

        for (var piece = 1; piece <= bytes.Length; piece++)
        {
            var crc = default(Crc32);
            foreach (var part in bytes.Chunk(piece))
            {
                crc.Append(part);
            }

            Assert.Equal(whole, crc.Value);
        }
    }

    [Fact]
    public void A_copy_goes_its_own_way()
    {
        var first = default(Crc32);
        first.Append("1234"u8);
        var second = first;

        second.Append("56789"u8);

        Assert.Equal(Crc32.Of("1234"u8), first.Value);
        Assert.Equal(0xCBF43926u, second.Value);
        Assert.True(first != second);
    }

    private static uint ByDefinition(ReadOnlySpan<byte> bytes)
    {
        var register = uint.MaxValue;
        foreach (var value in bytes)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var feedback = (register ^ (uint)(value >> bit)) & 1;
                register = (register >> 1) ^ (feedback * 0xEDB88320u);
            }
        }

        return ~register;
    }
}
