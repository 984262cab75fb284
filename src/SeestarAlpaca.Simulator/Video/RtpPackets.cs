using System.Buffers;
using System.Buffers.Binary;

namespace SeestarAlpaca.Simulator.Video;

/// <summary>
/// Puts coded pictures into RTP packets (RFC 3550, RFC 6184 packetization mode 1: single NAL units and FU-A fragments) as they go through the RTSP
/// connection: each after <c>$</c>, its channel and its length (RFC 2326 §10.12). Counts what it has written. Pure; not thread safe.
/// </summary>
/// <param name="channel">The channel of RTP; RTCP has its own.</param>
/// <param name="source">The SSRC.</param>
/// <param name="sequence">The number of the first packet.</param>
internal sealed class RtpPackets(byte channel, uint source, ushort sequence)
{
    /// <summary>The payload type; a dynamic one, which the session description binds to H.264.</summary>
    public const byte PayloadType = 96;

    /// <summary>The largest payload, in bytes.</summary>
    public const int MaxPayload = 1400;

    private const byte Marker = 0x80;
    private const byte FragmentType = 28;
    private const byte FirstFragment = 0x80;
    private const byte LastFragment = 0x40;
    private const int HeaderLength = 12;

    /// <summary>The number of the next packet; after 65535 comes 0.</summary>
    public ushort Sequence { get; private set; } = sequence;

    /// <summary>Packets written, modulo 2³².</summary>
    public uint Packets { get; private set; }

    /// <summary>Bytes of payload written, modulo 2³².</summary>
    public uint Octets { get; private set; }

    /// <summary>Writes a picture; its last packet is marked.</summary>
    public void Write(AccessUnit picture, uint rtpTime, IBufferWriter<byte> output)
    {
        for (var i = 0; i < picture.Units.Count; i++)
        {
            var unit = picture.Units[i].Span;
            var isLast = i == picture.Units.Count - 1;
            if (unit.Length <= MaxPayload)
            {
                WritePacket([], unit, isLast, rtpTime, output);
            }
            else
            {
                WriteFragments(unit, isLast, rtpTime, output);
            }
        }
    }

    /// <summary>FU-A: the unit's first byte is split over the two bytes that begin each fragment, and does not follow itself.</summary>
    private void WriteFragments(ReadOnlySpan<byte> unit, bool isLast, uint rtpTime, IBufferWriter<byte> output)
    {
        var indicator = (byte)((unit[0] & 0xE0) | FragmentType);
        var type = (byte)(unit[0] & 0x1F);
        var position = FirstFragment;
        for (var rest = unit[1..]; !rest.IsEmpty;)
        {
            var length = Math.Min(rest.Length, MaxPayload - 2);
            position = length == rest.Length ? LastFragment : position;
            WritePacket([indicator, (byte)(position | type)], rest[..length], isLast && position == LastFragment, rtpTime, output);
            position = 0;
            rest = rest[length..];
        }
    }

    private void WritePacket(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> payload, bool isMarked, uint rtpTime, IBufferWriter<byte> output)
    {
        var length = HeaderLength + prefix.Length + payload.Length;
        Span<byte> header = stackalloc byte[Interleaved.PrefixLength + HeaderLength];
        Interleaved.WritePrefix(header, channel, length);
        var rtp = header[Interleaved.PrefixLength..];
        rtp[0] = 0x80;
        rtp[1] = (byte)(PayloadType | (isMarked ? Marker : 0));
        BinaryPrimitives.WriteUInt16BigEndian(rtp[2..], Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(rtp[4..], rtpTime);
        BinaryPrimitives.WriteUInt32BigEndian(rtp[8..], source);
        output.Write(header);
        output.Write(prefix);
        output.Write(payload);
        unchecked
        {
            Sequence++;
            Packets++;
            Octets += (uint)(prefix.Length + payload.Length);
        }
    }
}

/// <summary>What precedes a packet that goes through the RTSP connection (RFC 2326 §10.12). Pure.</summary>
internal static class Interleaved
{
    /// <summary>Bytes before a packet.</summary>
    public const int PrefixLength = 4;

    /// <summary>The first of them, with which no request or reply begins.</summary>
    public const byte Sign = (byte)'$';

    /// <summary>Writes the prefix of a packet.</summary>
    /// <param name="prefix">Where to.</param>
    /// <param name="channel">The packet's channel.</param>
    /// <param name="length">Bytes of the packet, at most 65535.</param>
    public static void WritePrefix(Span<byte> prefix, byte channel, int length)
    {
        (prefix[0], prefix[1]) = (Sign, channel);
        BinaryPrimitives.WriteUInt16BigEndian(prefix[2..], checked((ushort)length));
    }
}
