using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>
/// What may be written for a host, and its one normal form. Stricter than the platform, which takes "1" and "0x7f.1" for addresses.
/// </summary>
internal static class HostSyntax
{
    private const int MaxName = 253;
    private const int MaxLabel = 63;
    private const string Right = "write an IP address or a name, for example 192.168.1.20, fe80::1 or seestar.local";

    /// <summary>The normal form of an IPv4 literal, an IPv6 literal (brackets are taken off) or a DNS name (lower case, no final dot).</summary>
    public static bool TryNormalize(string host, [NotNullWhen(true)] out string? normal, [NotNullWhen(false)] out string? error)
    {
        normal = null;
        error = Objection(host);
        if (error is not null)
        {
            return false;
        }

        normal = host.Contains(':', StringComparison.Ordinal) ? IPv6(host)
            : EndsInNumber(host) ? IPv4(host)
            : Name(host);
        error = normal is null ? Refusal(host) : null;
        return normal is not null;
    }

    private static string? Objection(string host) =>
        host.Length == 0 ? $"The telescope's host is empty; {Right}."
        : host.Length > MaxName + 1 ? $"The telescope's host has {host.Length} characters; at most {MaxName} are possible."
        : host.Contains("://", StringComparison.Ordinal) ? $"'{host}' is a URL; {Right}."
        : host.AsSpan().ContainsAny('/', '\\') ? $"'{host}' contains a slash; {Right}."
        : host.Contains('@', StringComparison.Ordinal) ? $"'{host}' contains user information; {Right}."
        : null;

    private static string Refusal(string host)
    {
        var colon = host.LastIndexOf(':');
        var isHostAndPort = colon > 0
            && (colon == host.IndexOf(':', StringComparison.Ordinal) || host[colon - 1] == ']')
            && int.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return isHostAndPort ? $"A port is not written '{host}'; write '{host[..colon]};control={host[(colon + 1)..]}'."
            : colon >= 0 || host.StartsWith('[') ? $"'{host}' is no IPv6 address; {Right}."
            : EndsInNumber(host) ? $"'{host}' is no IPv4 address, which has four numbers from 0 to 255; {Right}."
            : $"'{host}' is no host name, which has letters, digits and hyphens between dots; {Right}.";
    }

    /// <summary>Whether it can only be an IPv4 address: no top-level domain is a number.</summary>
    private static bool EndsInNumber(string host)
    {
        var last = host.AsSpan(host.LastIndexOf('.') + 1);
        return last.Length > 0 && !last.ContainsAnyExceptInRange('0', '9');
    }

    private static string? IPv4(string host)
    {
        var parts = host.Split('.');
        return parts.Length == 4 && Array.TrueForAll(parts, IsOctet) ? host : null;
    }

    /// <summary>0 to 255 without leading zeros, which some programs read as octal.</summary>
    private static bool IsOctet(string text) =>
        byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var octet) && text == octet.ToString(CultureInfo.InvariantCulture);

    private static string? IPv6(string host)
    {
        if (host.StartsWith('[') != host.EndsWith(']'))
        {
            return null;
        }

        var literal = host.StartsWith('[') ? host[1..^1] : host;
        var percent = literal.IndexOf('%', StringComparison.Ordinal);
        var zone = percent < 0 ? null : literal[(percent + 1)..];
        var digits = percent < 0 ? literal : literal[..percent];

        // The zone is kept as written: the platform would replace an interface's name by its number of today.
        return IPAddress.TryParse(digits, out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6
            && !digits.AsSpan().ContainsAny('[', ']')
            && (zone is null || (zone.Length is > 0 and <= MaxLabel && zone.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')))
            ? address + (zone is null ? "" : "%" + zone)
            : null;
    }

    private static string? Name(string host)
    {
        var name = host.EndsWith('.') ? host[..^1] : host;
        return name.Length <= MaxName && Array.TrueForAll(name.Split('.'), IsLabel) ? name.ToLowerInvariant() : null;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabel
        && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
