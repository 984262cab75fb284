using SeestarAlpaca.Simulator.Video;

namespace SeestarAlpaca.Simulator.Tests.Video;

public sealed class NalUnitsTests
{
    [Theory]
    [InlineData("00000141", "41")]
    [InlineData("000001416788", "416788")]
    [InlineData("00000001670000000168", "67,68")]
    [InlineData("000001670000016800000165AABB", "67,68,65AABB")]
    [InlineData("0000000000016500010203000000", "6500010203")]
    [InlineData("00000165000003000001416B", "65000003,416B")]
    public void Units_lie_between_start_codes_without_the_zeros_around_them(string stream, string units)
    {
        var split = NalUnits.Split(Convert.FromHexString(stream));

        Assert.Equal(units, string.Join(',', split.Select(unit => Convert.ToHexString(unit.Span))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000")]
    [InlineData("674100")]
    [InlineData("41000001")]
    [InlineData("000001")]
    [InlineData("00000100000141")]
    public void What_is_no_byte_stream_is_an_error(string stream) =>
        Assert.Throws<InvalidDataException>(() => NalUnits.Split(Convert.FromHexString(stream)));

    [Fact]
    public void A_unit_over_the_limit_is_an_error()
    {
        byte[] most = [0, 0, 1, .. Enumerable.Repeat((byte)0x41, NalUnits.MaxLength)];

        Assert.Single(NalUnits.Split(most));
        Assert.Throws<InvalidDataException>(() => NalUnits.Split((byte[])[.. most, 0x41]));
    }
}
