using System.Net;
using System.Net.Sockets;

namespace SeestarAlpaca.Simulator.Video;

/// <summary>What DESCRIBE answers: one H.264 track (RFC 4566, RFC 6184 §8.1). Pure.</summary>
internal static class SessionDescription
{
    /// <summary>The track's part of the address.</summary>
    public const string Track = "trackID=0";

    /// <summary>The text.</summary>
    /// <param name="clip">Where the parameter sets are.</param>
    /// <param name="address">The address the client has reached.</param>
    public static string Create(VideoClip clip, IPAddress address)
    {
        var (family, any) = address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6 ? ("IP6", "::") : ("IP4", "0.0.0.0");
        var shown = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
        var sets = $"{Convert.ToBase64String(clip.SequenceParameters.Span)},{Convert.ToBase64String(clip.PictureParameters.Span)}";
        string[] lines =
        [
            "v=0",
            $"o=- 1 1 IN {family} {shown}",
            "s=Seestar",
            $"c=IN {family} {any}",
            "t=0 0",
            "a=control:*",
            "a=range:npt=now-",
            $"m=video 0 RTP/AVP {RtpPackets.PayloadType}",
            $"a=rtpmap:{RtpPackets.PayloadType} H264/90000",
            $"a=fmtp:{RtpPackets.PayloadType} packetization-mode=1;profile-level-id={Convert.ToHexString(clip.SequenceParameters.Span[1..4])};sprop-parameter-sets={sets}",
            $"a=framerate:{VideoFormat.FramesPerSecond}",
            $"a=control:{Track}",
        ];
        return string.Concat(lines.Select(line => line + "\r\n"));
    }
}
