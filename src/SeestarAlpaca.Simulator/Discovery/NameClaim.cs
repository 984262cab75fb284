using System.Net;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Simulator.Discovery;

/// <summary>What a message of somebody else means for a name that we have or want.</summary>
internal enum Objection
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Somebody has the name.</summary>
    Taken,

    /// <summary>Somebody wants the name at the same moment, and their claim goes before ours.</summary>
    Outdone,
}

/// <summary>A name in multicast DNS and the addresses it is to stand for (RFC 6762 §8, §9). Pure.</summary>
/// <param name="Stem">The name that was wanted at first, without number.</param>
/// <param name="Number">1 without number, then 2 and so on.</param>
/// <param name="Addresses">At least one.</param>
internal sealed record NameClaim(string Stem, int Number, IReadOnlyList<IPAddress> Addresses)
{
    /// <summary>The name, such as <c>seestar-2.local</c>.</summary>
    public string Name => Number == 1 ? $"{Stem}.local" : $"{Stem}-{Number}.local";

    /// <summary>The claim to the next name.</summary>
    public NameClaim Next => this with { Number = Number + 1 };

    /// <summary>Judges a message. The same record, told by somebody else or by ourselves, is no objection.</summary>
    public Objection Judge(DnsMessage message)
    {
        var others = message.Addresses
            .Where(record => record.TimeToLive > TimeSpan.Zero && string.Equals(record.Name, Name, StringComparison.OrdinalIgnoreCase))
            .Select(record => record.Address).ToList();
        if (others.Count == 0 || others.All(Addresses.Contains))
        {
            return Objection.None;
        }

        return message.IsAnswer ? Objection.Taken : message.IsQuery && Compare(others, Addresses) > 0 ? Objection.Outdone : Objection.None;
    }

    /// <summary>Records are compared in order, by type and then by their bytes (RFC 6762 §8.2).</summary>
    private static int Compare(IEnumerable<IPAddress> one, IEnumerable<IPAddress> other)
    {
        var (first, second) = (Sorted(one), Sorted(other));
        for (var i = 0; i < Math.Min(first.Count, second.Count); i++)
        {
            if (string.CompareOrdinal(first[i], second[i]) is not 0 and var order)
            {
                return order;
            }
        }

        return first.Count - second.Count;
    }

    /// <summary>As text that sorts like type and bytes: there are fewer bytes in the lower of the two types.</summary>
    private static List<string> Sorted(IEnumerable<IPAddress> addresses) =>
        [.. addresses.Select(address => address.GetAddressBytes()).Select(bytes => $"{bytes.Length:D2}{Convert.ToHexString(bytes)}").Order(StringComparer.Ordinal)];
}
