using System.Net;
using SeestarAlpaca.Simulator.Video;

namespace SeestarAlpaca.Simulator.Tests.Video;

public sealed class SessionDescriptionTests
{
    [Fact]
    public void One_track_of_H264_is_described_with_its_parameter_sets()
    {
        var text = SessionDescription.Create(TestClip.Create(), IPAddress.Parse("192.168.1.20"));

        Assert.Equal(
            """
            v=0
            o=- 1 1 IN IP4 192.168.1.20
            s=Seestar
            c=IN IP4 0.0.0.0
            t=0 0
            a=control:*
            a=range:npt=now-
            m=video 0 RTP/AVP 96
            a=rtpmap:96 H264/90000
            a=fmtp:96 packetization-mode=1;profile-level-id=640028;sprop-parameter-sets=Z2QAKKw=,aO48sA==
            a=framerate:30
            a=control:trackID=0

            """.ReplaceLineEndings("\r\n"),
            text);
    }

    [Theory]
    [InlineData("::1", "o=- 1 1 IN IP6 ::1\r\n", "c=IN IP6 ::\r\n")]
    [InlineData("fe80::1%3", "o=- 1 1 IN IP6 fe80::1\r\n", "c=IN IP6 ::\r\n")]
    [InlineData("::ffff:10.0.0.1", "o=- 1 1 IN IP4 10.0.0.1\r\n", "c=IN IP4 0.0.0.0\r\n")]
    public void The_address_is_told_in_its_own_family(string address, string origin, string connection)
    {
        var text = SessionDescription.Create(TestClip.Create(), IPAddress.Parse(address));

        Assert.Contains(origin, text);
        Assert.Contains(connection, text);
    }
}
