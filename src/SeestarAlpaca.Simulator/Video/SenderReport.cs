using System.Buffers.Binary;
using System.Text;

namespace SeestarAlpaca.Simulator.Video;

/// <summary>
/// The RTCP packet by which a client learns to which time of day the RTP time belongs (RFC 3550 §6.4.1), with the sender's name after it (§6.5). Pure.
/// </summary>
internal static class SenderReport
{
    private const int ReportLength = 28;
    private const int NameLength = 20;
    private const byte Version = 0x80;
    private const byte ReportType = 200;
    private const byte DescriptionType = 202;
    private const byte CanonicalName = 1;
    private const string Name = "seestar";

    /// <summary>From 1900-01-01, where NTP begins, to 1970-01-01.</summary>
    private static readonly TimeSpan NtpEpoch = TimeSpan.FromDays(25_567);

    /// <summary>The packet as it goes through the RTSP connection.</summary>
    /// <param name="channel">The channel of RTCP.</param>
    /// <param name="source">The SSRC.</param>
    /// <param name="sinceEpoch">The time of day, since 1970-01-01 UTC.</param>
    /// <param name="packets">What has been sent.</param>
    public static byte[] Create(byte channel, uint source, TimeSpan sinceEpoch, RtpPackets packets)
    {
        var bytes = new byte[Interleaved.PrefixLength + ReportLength + NameLength];
        Interleaved.WritePrefix(bytes, channel, ReportLength + NameLength);
        var report = bytes.AsSpan(Interleaved.PrefixLength, ReportLength);
        WriteHead(report, 0, ReportType, source);
        var ntp = sinceEpoch + NtpEpoch;
        BinaryPrimitives.WriteUInt32BigEndian(report[8..], unchecked((uint)(ntp.Ticks / TimeSpan.TicksPerSecond)));
        BinaryPrimitives.WriteUInt32BigEndian(report[12..], (uint)((ntp.Ticks % TimeSpan.TicksPerSecond << 32) / TimeSpan.TicksPerSecond));
        BinaryPrimitives.WriteUInt32BigEndian(report[16..], VideoFormat.RtpTime(sinceEpoch));
        BinaryPrimitives.WriteUInt32BigEndian(report[20..], packets.Packets);
        BinaryPrimitives.WriteUInt32BigEndian(report[24..], packets.Octets);

        var description = bytes.AsSpan(Interleaved.PrefixLength + ReportLength);
        WriteHead(description, 1, DescriptionType, source);
        (description[8], description[9]) = (CanonicalName, (byte)Name.Length);
        Encoding.ASCII.GetBytes(Name, description[10..]);
        return bytes;
    }

    /// <summary>Counter, type, length in words of four bytes less one, and the SSRC.</summary>
    private static void WriteHead(Span<byte> packet, byte count, byte type, uint source)
    {
        (packet[0], packet[1]) = ((byte)(Version | count), type);
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)((packet.Length / 4) - 1));
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], source);
    }
}
