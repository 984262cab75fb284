using System.Globalization;

namespace SeestarAlpaca.Simulator.Video;

/// <summary>On which channels of the RTSP connection the packets go.</summary>
/// <param name="Rtp">The channel of RTP.</param>
/// <param name="Rtcp">The channel of RTCP.</param>
internal readonly record struct RtspTransport(byte Rtp, byte Rtcp)
{
    /// <summary>What it is called, as a Transport header begins.</summary>
    public const string Name = "RTP/AVP/TCP";

    private const string Channels = "interleaved=";

    /// <summary>Chooses the first of the ways a client proposes that goes through the RTSP connection; UDP is not among them.</summary>
    /// <param name="header">The value of a Transport header (RFC 2326 §12.39); null without one.</param>
    /// <param name="transport">What has been chosen; channels 0 and 1 unless the client names others.</param>
    /// <returns>False if there is none.</returns>
    public static bool TryChoose(string? header, out RtspTransport transport)
    {
        foreach (var way in (header ?? "").Split(','))
        {
            var parts = way.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0].Equals(Name, StringComparison.OrdinalIgnoreCase)
                && !parts.Contains("multicast", StringComparer.OrdinalIgnoreCase)
                && TryReadChannels(Array.Find(parts, part => part.StartsWith(Channels, StringComparison.OrdinalIgnoreCase)), out transport))
            {
                return true;
            }
        }

        transport = default;
        return false;
    }

    /// <summary>As a reply's Transport header tells it.</summary>
    public string ToHeader(uint source) => $"{Name};unicast;{Channels}{Rtp}-{Rtcp};ssrc={source:X8};mode=\"PLAY\"";

    /// <summary>Reads <c>interleaved=0-1</c> or <c>interleaved=0</c>.</summary>
    private static bool TryReadChannels(string? part, out RtspTransport transport)
    {
        transport = new RtspTransport(0, 1);
        if (part is null)
        {
            return true;
        }

        var numbers = part[Channels.Length..].Split('-');
        if (numbers.Length > 2 || !TryReadChannel(numbers[0], out var rtp))
        {
            return false;
        }

        var rtcp = (byte)(rtp ^ 1);
        if (numbers.Length == 2 && !TryReadChannel(numbers[1], out rtcp))
        {
            return false;
        }

        transport = new RtspTransport(rtp, rtcp);
        return rtp != rtcp;
    }

    private static bool TryReadChannel(string text, out byte channel) => byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out channel);
}
