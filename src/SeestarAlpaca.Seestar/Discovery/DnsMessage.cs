using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>A question in a DNS message.</summary>
/// <param name="Name">The name asked for, in presentation form, without final dot.</param>
/// <param name="Type">The record type: 1 is A, 28 is AAAA, 255 any.</param>
/// <param name="Class">The class, 1 is Internet; in multicast DNS the highest bit asks for a unicast answer.</param>
public readonly record struct DnsQuestion(string Name, ushort Type, ushort Class);

/// <summary>An A or AAAA record.</summary>
/// <param name="Name">Whose address it is, in presentation form, without final dot.</param>
/// <param name="Address">The IPv4 or IPv6 address.</param>
/// <param name="TimeToLive">How long it is true; zero says that it no longer is (RFC 6762 §10.1).</param>
public readonly record struct DnsAddress(string Name, IPAddress Address, TimeSpan TimeToLive);

/// <summary>
/// A DNS message as far as finding hosts needs it (RFC 1035 §4.1, RFC 6762 §18): its questions and the addresses in its records,
/// whichever section they are in. Other records are skipped. Immutable.
/// </summary>
/// <param name="Id">What a unicast answer repeats from its query.</param>
/// <param name="Flags">The header's second word.</param>
/// <param name="Questions">What is asked, or repeated from the query.</param>
/// <param name="Addresses">The A and AAAA records of class Internet.</param>
public sealed record DnsMessage(ushort Id, ushort Flags, IReadOnlyList<DnsQuestion> Questions, IReadOnlyList<DnsAddress> Addresses)
{
    /// <summary>The longest message there is in multicast DNS, in bytes (RFC 6762 §17).</summary>
    public const int MaxLength = 9000;

    private const ushort TypeA = 1;
    private const ushort TypeAaaa = 28;
    private const ushort ClassInternet = 1;

    /// <summary>In multicast DNS a class has 15 bits; the highest one means "flush the cache" in records (RFC 6762 §10.2).</summary>
    private const ushort ClassMask = 0x7FFF;

    private const ushort ResponseFlag = 0x8000;
    private const ushort OperationAndErrorMask = 0x780F;

    /// <summary>Whether it is an answer, and one to an ordinary query and without error.</summary>
    public bool IsAnswer => (Flags & ResponseFlag) != 0 && (Flags & OperationAndErrorMask) == 0;

    /// <summary>Whether it is an ordinary query.</summary>
    public bool IsQuery => (Flags & (ResponseFlag | OperationAndErrorMask)) == 0;

    /// <summary>
    /// Reads a message from a datagram. False for everything that is none: cut off anywhere, records that are not there, labels over 63 or
    /// names over 255 bytes, pointers that do not point backwards, addresses of a wrong size. Bytes after the last record do not matter.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DnsMessage? message)
    {
        message = null;
        var reader = new DnsReader(bytes);
        if (bytes.Length > MaxLength
            || !reader.TryReadUInt16(out var id)
            || !reader.TryReadUInt16(out var flags)
            || !reader.TryReadUInt16(out var questionCount)
            || !reader.TryReadUInt16(out var answers)
            || !reader.TryReadUInt16(out var authorities)
            || !reader.TryReadUInt16(out var additionals)
            || !TryReadQuestions(ref reader, questionCount, out var questions)
            || !TryReadAddresses(ref reader, answers + authorities + additionals, out var addresses))
        {
            return false;
        }

        message = new DnsMessage(id, flags, questions, addresses);
        return true;
    }

    /// <summary>
    /// The bytes of a query for the IPv4 and IPv6 addresses of one name; not marked for unicast, which the source port tells (RFC 6762 §5.1).
    /// </summary>
    /// <param name="id">What a unicast answer will repeat; 0 is usual in multicast DNS.</param>
    /// <param name="name">A host name of ASCII labels between dots, for example <c>seestar.local</c>.</param>
    /// <exception cref="ArgumentException">A label is empty, or longer than 63 characters, or the name is too long.</exception>
    public static byte[] BuildQuery(ushort id, string name)
    {
        ReadOnlySpan<ushort> types = [TypeA, TypeAaaa];
        using var stream = new MemoryStream();
        WriteUInt16s(stream, id, 0, (ushort)types.Length, 0, 0, 0);
        foreach (var type in types)
        {
            WriteName(stream, name);
            WriteUInt16s(stream, type, ClassInternet);
        }

        return stream.ToArray();
    }

    private static bool TryReadQuestions(ref DnsReader reader, int count, out List<DnsQuestion> questions)
    {
        // The list grows with what is really there, never with what the header promises.
        questions = [];
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadName(out var name) || !reader.TryReadUInt16(out var type) || !reader.TryReadUInt16(out var @class))
            {
                return false;
            }

            questions.Add(new DnsQuestion(name, type, @class));
        }

        return true;
    }

    private static bool TryReadAddresses(ref DnsReader reader, int count, out List<DnsAddress> addresses)
    {
        addresses = [];
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadName(out var name)
                || !reader.TryReadUInt16(out var type)
                || !reader.TryReadUInt16(out var @class)
                || !reader.TryReadUInt32(out var seconds)
                || !reader.TryReadUInt16(out var length)
                || !reader.TryReadBytes(length, out var data))
            {
                return false;
            }

            if (type is not (TypeA or TypeAaaa) || (@class & ClassMask) != ClassInternet)
            {
                continue;
            }

            if (data.Length != (type == TypeA ? 4 : 16))
            {
                return false;
            }

            addresses.Add(new DnsAddress(name, new IPAddress(data), TimeSpan.FromSeconds(seconds)));
        }

        return true;
    }

    private static void WriteName(MemoryStream stream, string name)
    {
        if (!Ascii.IsValid(name) || name.Length > 253)
        {
            throw new ArgumentException($"'{name}' is no host name; it has at most 253 ASCII characters.", nameof(name));
        }

        foreach (var label in name.Split('.'))
        {
            if (label.Length is 0 or > 63)
            {
                throw new ArgumentException($"'{name}' is no host name; between its dots are 1 to 63 characters.", nameof(name));
            }

            stream.WriteByte((byte)label.Length);
            stream.Write(Encoding.ASCII.GetBytes(label));
        }

        stream.WriteByte(0);
    }

    private static void WriteUInt16s(MemoryStream stream, params ReadOnlySpan<ushort> values)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
            stream.Write(bytes);
        }
    }
}
