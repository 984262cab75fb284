using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>How much of a message is secret; the later, the more.</summary>
internal enum Secrecy
{
    /// <summary>What is under secret names.</summary>
    ByName,

    /// <summary>All texts, besides what is under secret names.</summary>
    Texts,

    /// <summary>All texts and numbers. They change all the time, so they are not looked for elsewhere: they would hide others.</summary>
    Fleeting,

    /// <summary>All texts and numbers, which are looked for elsewhere.</summary>
    Everything,
}

/// <summary>
/// What is secret in the telescope's messages: whatever tells who and where its owner is, or opens the telescope or a network. Names are compared without
/// regard to case, <c>_</c>, <c>-</c> and spaces.
/// </summary>
internal static partial class SecretNames
{
    /// <summary>Member names under which everything is secret, whole.</summary>
    private static readonly FrozenSet<string> Whole = new[]
    {
        "long", "ipaddr", "ipaddress", "macaddr", "macaddress", "hwaddr", "host", "wificountry",
        "serialnumber", "serialno", "cpuid", "deviceid", "sign", "challenge", "user", "username", "cliname", "clientname", "phonename",
    }.ToFrozenSet();

    /// <summary>Words of member names under which everything is secret.</summary>
    private static readonly FrozenSet<string> Words = new[]
    {
        "lat", "lon", "lng", "tz", "country",

        // Network: the objects ap and station hold name, password and addresses (seestar-protocol.md §4.1).
        "ap", "station", "ip", "ipv4", "ipv6", "gateway", "dns", "mac", "url", "pass",

        // The telescope itself.
        "sn", "serial", "uid", "uuid", "udid", "guid", "imei",

        // Keys and signatures (seestar-protocol.md §3.4).
        "signature", "pem", "cert", "certificate",

        // People.
        "nickname", "owner", "phone", "account",
    }.ToFrozenSet();

    /// <summary>
    /// Words of member names under which numbers give the position away, together with a target and the time: horizontal coordinates, and tilt and
    /// direction of the telescope.
    /// </summary>
    private static readonly FrozenSet<string> FleetingWords = new[]
    {
        "alt", "az", "azimuth", "altitude", "elevation", "altaz", "azalt", "horiz", "balance", "compass", "tilt", "gsensor",
    }.ToFrozenSet();

    /// <summary>Parts of member names under which everything is secret.</summary>
    private static readonly string[] Parts =
    [
        "latitude", "longitude", "lonlat", "latlon", "location", "gps", "timezone",
        "ssid", "passw", "passphrase", "passcode", "pwd", "psk", "secret", "token", "apikey", "auth", "credential", "hostname", "rtmp", "email",
    ];

    /// <summary>Names that look like secret ones and are not: the first is a choice, the second a list of names that are asked for.</summary>
    private static readonly FrozenSet<string> Harmless = new[] { "caliblocation", "keys" }.ToFrozenSet();

    /// <summary>Parts of methods whose parameters and replies are secret.</summary>
    private static readonly string[] Methods =
    [
        "location", "verify", "station", "wifi", "wlan", "piap", "setap", "getap", "passw", "settime", "gettime", "timezone",
        "host", "account", "login", "token", "email", "remote", "rtmp", "gps",
    ];

    /// <summary>Events whose texts are secret: they tell of clients and networks (<c>seestar-protocol.md</c> §3.7).</summary>
    private static readonly FrozenSet<string> Events = new[] { "client", "station", "ap", "remote" }.ToFrozenSet();

    /// <summary>Names whose values are words of the protocol, as long as they are ones that are known.</summary>
    private static readonly FrozenSet<string> Protocol = new[] { "state", "mode", "stage", "page", "func", "tag", "route" }.ToFrozenSet();

    /// <summary>Words that telescopes were seen to say under these names (<c>seestar-protocol.md</c> §3.7, §4).</summary>
    private static readonly FrozenSet<string> ProtocolWords = new[]
    {
        "working", "complete", "cancel", "fail", "start", "frame_complete", "idle", "on", "off", "solving", "moving", "mounted", "downloading", "exposing",
        "expose", "download", "close", "error", "none", "star", "sun", "moon", "planet", "scenery", "solar_sys", "party", "stack", "preview", "goto_ra_dec",
        "View", "SecondView", "Stack", "ContinuousExposure", "Exposure", "Exposure-AutoGoto", "AutoGoto", "Initialise", "DarkLibrary", "AutoFocus",
        "FocuserMove", "WheelMove", "ScopeGoto", "ScopeHome", "ScopeTrack", "ScopeMoveToHorizon", "RTSP", "AviRecord", "PlateSolve", "Annotate", "BatchStack",
        "EqModePA", "3PPA", "Sleep",
    }.ToFrozenSet();

    /// <summary>How much under a member is secret because of its name.</summary>
    public static Secrecy OfMember(string member)
    {
        var name = Normal(member);
        if (Harmless.Contains(name))
        {
            return Secrecy.ByName;
        }

        var words = WordEnds().Split(member).Select(word => word.ToLowerInvariant()).Append(name).ToList();
        return Whole.Contains(name) || name.EndsWith("key", StringComparison.Ordinal) || words.Exists(Words.Contains) || Contains(name, Parts) ? Secrecy.Everything
            : words.Exists(FleetingWords.Contains) || name.Contains("horiz", StringComparison.Ordinal) ? Secrecy.Fleeting
            : Secrecy.ByName;
    }

    /// <summary>Whether a text is a word of the protocol where it stands.</summary>
    public static bool IsProtocol(string member, string text) => Protocol.Contains(member) && ProtocolWords.Contains(text);

    /// <summary>How much of a request, or of its reply, is secret.</summary>
    public static Secrecy OfMethod(string method)
    {
        var name = Normal(method);
        return Contains(name, Methods) ? Secrecy.Everything
            : Contains(name, ["horiz", "sensor", "compass", "balance"]) ? Secrecy.Fleeting
            : Secrecy.ByName;
    }

    /// <summary>How much of an event is secret.</summary>
    public static Secrecy OfEvent(string name) =>
        Contains(Normal(name), ["location", "gps"]) ? Secrecy.Everything : Events.Contains(Normal(name)) ? Secrecy.Texts : Secrecy.ByName;

    private static bool Contains(string name, string[] parts) => parts.Any(part => name.Contains(part, StringComparison.Ordinal));

    private static string Normal(string name) =>
        name.Replace("_", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal)
            .Replace(" ", string.Empty, StringComparison.Ordinal).ToLowerInvariant();

    [GeneratedRegex("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex WordEnds();
}
