using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>
/// Where a telescope is: a host and the ports it listens on (<c>seestar-protocol.md</c> §1). As text
/// <c>HOST[;control=P;image=P;wide=P;rtsp=P;widertsp=P]</c>. Immutable; equal when host and all ports are equal.
/// </summary>
public sealed record TelescopeAddress
{
    /// <summary>The longest text accepted, in characters.</summary>
    public const int MaxLength = 400;

    private const string Example = "for example 192.168.1.20, fe80::1%eth0, seestar.local or seestar.local;control=4700;image=4800";

    private static readonly Port[] Ports =
    [
        new("control", 4700, a => a.ControlPort, (a, p) => a with { ControlPort = p }),
        new("image", 4800, a => a.ImagePort, (a, p) => a with { ImagePort = p }),
        new("wide", 4804, a => a.WidePort, (a, p) => a with { WidePort = p }),
        new("rtsp", 4554, a => a.RtspPort, (a, p) => a with { RtspPort = p }),
        new("widertsp", 4555, a => a.WideRtspPort, (a, p) => a with { WideRtspPort = p }),
    ];

    /// <summary>The telescope at a host, with the ports every known telescope has.</summary>
    /// <param name="host">An IPv4 literal, an IPv6 literal with or without brackets, or a DNS name.</param>
    /// <exception cref="ArgumentException">It is none of these; the message says what would be right.</exception>
    public TelescopeAddress(string host)
    {
        Host = HostSyntax.TryNormalize(host, out var normal, out var error) ? normal : throw new ArgumentException(error, nameof(host));
    }

    /// <summary>What to connect to: an IP literal without brackets, or a DNS name in lower case without a final dot.</summary>
    public string Host { get; }

    /// <summary>JSON-RPC and events; 1 to 65535, default 4700.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range.</exception>
    public int ControlPort { get; init => field = Checked(value); } = 4700;

    /// <summary>Pictures of the telephoto camera; 1 to 65535, default 4800.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range.</exception>
    public int ImagePort { get; init => field = Checked(value); } = 4800;

    /// <summary>Pictures of the wide camera; 1 to 65535, default 4804.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range.</exception>
    public int WidePort { get; init => field = Checked(value); } = 4804;

    /// <summary>Video of the telephoto camera; 1 to 65535, default 4554.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range.</exception>
    public int RtspPort { get; init => field = Checked(value); } = 4554;

    /// <summary>Video of the wide camera; 1 to 65535, default 4555.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range.</exception>
    public int WideRtspPort { get; init => field = Checked(value); } = 4555;

    /// <summary>The telescope at an IP address, with the ports every known telescope has. An IPv4 address mapped to IPv6 becomes IPv4.</summary>
    public static TelescopeAddress Of(IPAddress address) => new((address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString());

    /// <summary>Reads <c>HOST[;control=P;image=P;wide=P;rtsp=P;widertsp=P]</c>; white space around the parts does not matter.</summary>
    /// <exception cref="FormatException">It is not of that form; the message says what is wrong and what would be right.</exception>
    public static TelescopeAddress Parse(string text) =>
        TryParse(text, out var address, out var error) ? address : throw new FormatException(error);

    /// <summary>Reads <c>HOST[;control=P;image=P;wide=P;rtsp=P;widertsp=P]</c>; white space around the parts does not matter.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="address">What it means, when the answer is true.</param>
    /// <param name="error">A sentence that says what is wrong and what would be right, when the answer is false.</param>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out TelescopeAddress? address, [NotNullWhen(false)] out string? error)
    {
        address = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            error = $"The telescope's address is empty; write its IP address or its name, {Example}.";
            return false;
        }

        if (text.Length > MaxLength)
        {
            error = $"The telescope's address has {text.Length} characters; at most {MaxLength} are accepted.";
            return false;
        }

        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        if (!HostSyntax.TryNormalize(parts[0], out var host, out error))
        {
            return false;
        }

        var result = new TelescopeAddress(host);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in parts.AsSpan(1))
        {
            if (!TryApply(part, seen, ref result, out error))
            {
                return false;
            }
        }

        address = result;
        return true;
    }

    /// <summary>The shortest text that <see cref="Parse"/> reads as this address: only ports that are not the default are named.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Host);
        foreach (var port in Ports.Where(p => p.Get(this) != p.Default))
        {
            text.Append(CultureInfo.InvariantCulture, $";{port.Key}={port.Get(this)}");
        }

        return text.ToString();
    }

    private static bool TryApply(string part, HashSet<string> seen, ref TelescopeAddress address, [NotNullWhen(false)] out string? error)
    {
        error = null;
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        var key = equals < 0 ? part : part[..equals].TrimEnd();
        var port = Ports.FirstOrDefault(p => string.Equals(p.Key, key, StringComparison.OrdinalIgnoreCase));
        if (equals < 0)
        {
            error = $"After the host, '{part}' should be of the form KEY=PORT, {Example}.";
        }
        else if (port is null)
        {
            error = $"'{key}' is no port of a telescope; known are {string.Join(", ", Ports.Select(p => p.Key))}.";
        }
        else if (!seen.Add(port.Key))
        {
            error = $"'{port.Key}' is given twice; give it once.";
        }
        else if (!int.TryParse(part.AsSpan(equals + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !IsPort(number))
        {
            error = $"'{part}' names no port; a port is a whole number from 1 to {IPEndPoint.MaxPort}.";
        }
        else
        {
            address = port.With(address, number);
        }

        return error is null;
    }

    private static bool IsPort(int number) => number is >= 1 and <= IPEndPoint.MaxPort;

    private static int Checked(int port) => IsPort(port)
        ? port
        : throw new ArgumentOutOfRangeException(nameof(port), port, $"A port is a whole number from 1 to {IPEndPoint.MaxPort}.");

    private sealed record Port(string Key, int Default, Func<TelescopeAddress, int> Get, Func<TelescopeAddress, int, TelescopeAddress> With);
}
