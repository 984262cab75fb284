using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Simulator.Discovery;

/// <summary>The messages of somebody who has, or wants, a name in multicast DNS (RFC 6762). Pure.</summary>
internal static class MulticastMessage
{
    /// <summary>A record's life (RFC 6762 §10).</summary>
    private const uint Life = 120;

    /// <summary>What a resolver that is none of multicast DNS may keep a record (RFC 6762 §6.7).</summary>
    private const uint LegacyLife = 10;

    private const ushort Answer = 0x8400;
    private const ushort TypeA = 1;
    private const ushort TypeAaaa = 28;
    private const ushort TypeAny = 255;
    private const ushort Internet = 1;

    /// <summary>The highest bit of a class: in questions it asks for an answer by unicast, in records it says that there are no others.</summary>
    private const ushort HighBit = 0x8000;

    /// <summary>Asks whether anybody has the name, and tells what will be claimed (RFC 6762 §8.1).</summary>
    public static byte[] Probe(string name, IReadOnlyList<IPAddress> addresses)
    {
        using var message = new MemoryStream();
        Write16(message, 0, 0, 1, 0, (ushort)addresses.Count, 0);
        WriteName(message, name);
        Write16(message, TypeAny, Internet | HighBit);
        WriteRecords(message, name, addresses, Internet, Life);
        return message.ToArray();
    }

    /// <summary>Tells everybody who has the name.</summary>
    public static byte[] Announcement(string name, IReadOnlyList<IPAddress> addresses) => Records(name, addresses, Life);

    /// <summary>Tells everybody that nobody has the name any longer (RFC 6762 §10.1).</summary>
    public static byte[] Goodbye(string name, IReadOnlyList<IPAddress> addresses) => Records(name, addresses, 0);

    /// <summary>
    /// The answer to a question: for a resolver that is none of multicast DNS, which asks from another port, with its question and id repeated
    /// (RFC 6762 §6.7). An address of the kind that is not asked for is not sent.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="name">The name that we have.</param>
    /// <param name="addresses">Its addresses.</param>
    /// <param name="legacy">Whether the asker is such a resolver.</param>
    /// <returns>Null if it is not our name that is asked for, or we have no address of that kind.</returns>
    public static byte[]? AnswerTo(DnsMessage query, string name, IReadOnlyList<IPAddress> addresses, bool legacy)
    {
        var questions = query.Questions.Where(question => IsFor(question, name)).ToList();
        var wanted = addresses.Where(address => questions.Exists(question => question.Type == TypeAny || question.Type == TypeOf(address))).ToList();
        if (!query.IsQuery || wanted.Count == 0)
        {
            return null;
        }

        if (!legacy)
        {
            return Records(name, wanted, Life);
        }

        using var message = new MemoryStream();
        Write16(message, query.Id, Answer, (ushort)questions.Count, (ushort)wanted.Count, 0, 0);
        foreach (var question in questions)
        {
            WriteName(message, question.Name);
            Write16(message, question.Type, Internet);
        }

        WriteRecords(message, name, wanted, Internet, LegacyLife);
        return message.ToArray();
    }

    private static bool IsFor(DnsQuestion question, string name) =>
        string.Equals(question.Name, name, StringComparison.OrdinalIgnoreCase) && (question.Class & ~HighBit) is Internet or TypeAny;

    private static ushort TypeOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? TypeA : TypeAaaa;

    private static byte[] Records(string name, IReadOnlyList<IPAddress> addresses, uint life)
    {
        using var message = new MemoryStream();
        Write16(message, 0, Answer, 0, (ushort)addresses.Count, 0, 0);
        WriteRecords(message, name, addresses, Internet | HighBit, life);
        return message.ToArray();
    }

    private static void WriteRecords(MemoryStream message, string name, IReadOnlyList<IPAddress> addresses, ushort @class, uint life)
    {
        foreach (var address in addresses)
        {
            var data = address.GetAddressBytes();
            WriteName(message, name);
            Write16(message, TypeOf(address), @class, (ushort)(life >> 16), (ushort)life, (ushort)data.Length);
            message.Write(data);
        }
    }

    private static void WriteName(MemoryStream message, string name)
    {
        foreach (var label in name.Split('.'))
        {
            message.WriteByte((byte)label.Length);
            message.Write(Encoding.ASCII.GetBytes(label));
        }

        message.WriteByte(0);
    }

    private static void Write16(MemoryStream message, params ReadOnlySpan<ushort> values)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
            message.Write(bytes);
        }
    }
}
