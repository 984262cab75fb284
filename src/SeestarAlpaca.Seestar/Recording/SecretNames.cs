using System.Collections.Frozen;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>How much of a message is secret.</summary>
internal enum Secrecy
{
    /// <summary>What is under secret names.</summary>
    ByName,

    /// <summary>All texts, besides what is under secret names.</summary>
    Texts,

    /// <summary>All texts and numbers of <c>params</c> and <c>result</c>.</summary>
    Everything,
}

/// <summary>
/// What is secret in the telescope's messages: whatever tells who and where its owner is, or opens the telescope or a network. Names are compared without
/// regard to case, <c>_</c>, <c>-</c> and spaces.
/// </summary>
internal static class SecretNames
{
    /// <summary>Member names under which everything is secret, whole.</summary>
    private static readonly FrozenSet<string> Whole = new[]
    {
        // Position. Altitude and azimuth give it away together with a target and the time.
        "lat", "lon", "lng", "long", "alt", "az", "azimuth", "altitude", "elevation", "altaz", "azalt",

        // Network: the objects ap and station hold name, password and addresses (seestar-protocol.md §4.1).
        "ap", "station", "ip", "ipaddr", "ipaddress", "gateway", "dns", "mac", "macaddr", "macaddress", "hwaddr", "host", "url", "wificountry",

        // The telescope itself.
        "sn", "serial", "serialnumber", "serialno", "cpuid", "deviceid", "uid", "uuid", "udid", "guid", "imei",

        // Keys and signatures (seestar-protocol.md §3.4).
        "sign", "signature", "challenge", "pem", "cert", "certificate",

        // People.
        "user", "username", "nickname", "owner", "cliname", "clientname", "phone", "phonename", "account",
    }.ToFrozenSet();

    /// <summary>Parts of member names under which everything is secret.</summary>
    private static readonly string[] Parts =
    [
        "latitude", "longitude", "lonlat", "latlon", "location", "gps", "timezone", "horiz",
        "ssid", "passw", "passphrase", "passcode", "pwd", "psk", "secret", "token", "apikey", "auth", "credential", "hostname", "rtmp", "email",
    ];

    /// <summary>Names that look like secret ones and are not: the first is a choice, the second a list of names that are asked for.</summary>
    private static readonly FrozenSet<string> Harmless = new[] { "caliblocation", "keys" }.ToFrozenSet();

    /// <summary>Parts of methods whose parameters and results are secret.</summary>
    private static readonly string[] Methods =
    [
        "location", "horizcoord", "verify", "station", "wifi", "wlan", "piap", "setap", "getap", "passw", "settime", "gettime", "timezone",
        "host", "account", "login", "token", "email", "remote", "rtmp", "gps",
    ];

    /// <summary>Events whose texts are secret: they tell of clients and networks (<c>seestar-protocol.md</c> §3.7).</summary>
    private static readonly FrozenSet<string> Events = new[] { "client", "station", "ap", "location", "remote" }.ToFrozenSet();

    /// <summary>Names whose values are words of the protocol, never a person's.</summary>
    private static readonly FrozenSet<string> Protocol =
        new[] { "jsonrpc", "method", "Event", "state", "mode", "stage", "page", "func", "tag", "route", "verify" }.ToFrozenSet();

    /// <summary>Whether everything under a member is secret.</summary>
    public static bool IsSecret(string member)
    {
        var name = Normal(member);
        return !Harmless.Contains(name)
            && (Whole.Contains(name) || name.EndsWith("key", StringComparison.Ordinal) || Parts.Any(part => name.Contains(part, StringComparison.Ordinal)));
    }

    /// <summary>Whether the value of a member is a word of the protocol.</summary>
    public static bool IsProtocol(string member) => Protocol.Contains(member);

    /// <summary>How much of a request, or of its reply, is secret.</summary>
    public static Secrecy OfMethod(string method)
    {
        var name = Normal(method);
        return Methods.Any(part => name.Contains(part, StringComparison.Ordinal)) ? Secrecy.Everything : Secrecy.ByName;
    }

    /// <summary>How much of an event is secret.</summary>
    public static Secrecy OfEvent(string name) => Events.Contains(Normal(name)) ? Secrecy.Texts : Secrecy.ByName;

    private static string Normal(string name) =>
        name.Replace("_", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal)
            .Replace(" ", string.Empty, StringComparison.Ordinal).ToLowerInvariant();
}
