using SeestarAlpaca.Simulator.Video;

namespace SeestarAlpaca.Simulator.Tests.Video;

public sealed class RtspTransportTests
{
    [Theory]
    [InlineData("RTP/AVP/TCP;unicast;interleaved=0-1", 0, 1)]
    [InlineData("RTP/AVP/TCP;interleaved=2-3;unicast", 2, 3)]
    [InlineData("rtp/avp/tcp; unicast; Interleaved=254-255", 254, 255)]
    [InlineData("RTP/AVP/TCP", 0, 1)]
    [InlineData("RTP/AVP/TCP;interleaved=4", 4, 5)]
    [InlineData("RTP/AVP/TCP;interleaved=5", 5, 4)]
    [InlineData("RTP/AVP;unicast;client_port=5000-5001,RTP/AVP/TCP;unicast;interleaved=6-7", 6, 7)]
    public void The_first_way_through_the_connection_is_chosen(string header, byte rtp, byte rtcp)
    {
        Assert.True(RtspTransport.TryChoose(header, out var transport));

        Assert.Equal(new RtspTransport(rtp, rtcp), transport);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("RTP/AVP;unicast;client_port=5000-5001")]
    [InlineData("RTP/AVP/UDP;unicast;client_port=5000-5001")]
    [InlineData("RTP/SAVP/TCP;interleaved=0-1")]
    [InlineData("RTP/AVP/TCP;multicast")]
    [InlineData("RTP/AVP/TCP;interleaved=0-256")]
    [InlineData("RTP/AVP/TCP;interleaved=-1")]
    [InlineData("RTP/AVP/TCP;interleaved=3-3")]
    [InlineData("RTP/AVP/TCP;interleaved=0-1-2")]
    [InlineData("RTP/AVP/TCP;interleaved=")]
    public void Other_ways_are_not(string? header) => Assert.False(RtspTransport.TryChoose(header, out _));

    [Fact]
    public void The_reply_tells_channels_and_source() =>
        Assert.Equal("RTP/AVP/TCP;unicast;interleaved=2-3;ssrc=0000ABCD;mode=\"PLAY\"", new RtspTransport(2, 3).ToHeader(0xABCD));
}
