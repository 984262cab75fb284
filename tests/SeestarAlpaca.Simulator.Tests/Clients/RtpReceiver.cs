using System.Buffers.Binary;

namespace SeestarAlpaca.Simulator.Tests.Clients;

/// <summary>A coded picture as it came out of RTP packets.</summary>
internal sealed record ReceivedPicture(uint RtpTime, byte[][] Units)
{
    public bool IsKey => (Units[^1][0] & 0x1F) == 5;
}

/// <summary>Puts pictures together from RTP packets, after RFC 6184, and checks what every packet must be.</summary>
internal sealed class RtpReceiver
{
    private readonly List<byte[]> _units = [];
    private readonly List<byte> _fragments = [];
    private int? _sequence;

    public List<ReceivedPicture> Pictures { get; } = [];

    public int Packets { get; private set; }

    public long PayloadBytes { get; private set; }

    public int LongestPayload { get; private set; }

    public uint Source { get; private set; }

    public int? FirstSequence { get; private set; }

    public void Take(ReadOnlySpan<byte> packet)
    {
        Assert.Equal(0x80, packet[0]);
        Assert.Equal(96, packet[1] & 0x7F);
        var sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        Assert.Equal(_sequence is { } before ? (ushort)(before + 1) : sequence, sequence);
        (_sequence, FirstSequence) = (sequence, FirstSequence ?? sequence);
        Source = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        (Packets, PayloadBytes, LongestPayload) = (Packets + 1, PayloadBytes + packet.Length - 12, Math.Max(LongestPayload, packet.Length - 12));
        TakePayload(packet[12..]);
        if ((packet[1] & 0x80) != 0)
        {
            Assert.Empty(_fragments);
            Pictures.Add(new ReceivedPicture(BinaryPrimitives.ReadUInt32BigEndian(packet[4..]), [.. _units]));
            _units.Clear();
        }
    }

    private void TakePayload(ReadOnlySpan<byte> payload)
    {
        if ((payload[0] & 0x1F) != 28)
        {
            Assert.Empty(_fragments);
            _units.Add(payload.ToArray());
            return;
        }

        var (isFirst, isLast) = ((payload[1] & 0x80) != 0, (payload[1] & 0x40) != 0);
        Assert.Equal(isFirst, _fragments.Count == 0);
        if (isFirst)
        {
            Assert.False(isLast);
            _fragments.Add((byte)((payload[0] & 0xE0) | (payload[1] & 0x1F)));
        }

        _fragments.AddRange(payload[2..]);
        if (isLast)
        {
            _units.Add([.. _fragments]);
            _fragments.Clear();
        }
    }
}
