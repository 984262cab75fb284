using System.Net.Sockets;
using System.Text.Json;
using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator;

/// <summary>Says in sentences what is wrong with options.</summary>
internal static class SimulatorOptionsValidation
{
    private const int MaxSide = 8192;

    /// <exception cref="ArgumentException">Something is wrong; the message has one sentence for each fault.</exception>
    public static void RequireValid(this SimulatorOptions options)
    {
        var faults = Faults(options).ToList();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }
    }

    private static IEnumerable<string> Faults(SimulatorOptions o)
    {
        (bool Fault, string Sentence)[] rules =
        [
            (!Enum.IsDefined(o.Model), $"There is no model {o.Model}; there are S50, S30 and S30Pro."),
            (o.Firmware is not null && !FirmwareVersion.TryParse(o.Firmware, out _), $"Firmware is a version such as 6.70, not '{o.Firmware}'."),
            (o.Serial is { } serial && (serial.Length != 8 || !serial.All(char.IsAsciiHexDigit)), $"Serial has eight hexadecimal digits; '{o.Serial}' has not."),
            (!(o.TimeScale is >= 0.1 and <= 1000), $"TimeScale is from 0.1 to 1000, not {o.TimeScale}."),
            (o.Subs < 1, $"Subs is 1 or more, not {o.Subs}."),
            (o.Target is null || string.IsNullOrWhiteSpace(o.Target.Name), "Target needs a name."),
            (o.Target is { RightAscensionHours: not (>= 0 and < 24) }, $"The target's right ascension is from 0 to below 24 hours, not {o.Target?.RightAscensionHours}."),
            (o.Target is { DeclinationDegrees: not (>= -90 and <= 90) }, $"The target's declination is from -90 to 90 degrees, not {o.Target?.DeclinationDegrees}."),
            (o.ReplayDirectory is { } folder && !Directory.Exists(folder), $"There is no folder {o.ReplayDirectory} to replay."),
            (o.Size is { } size && !(Fits(size.Width) && Fits(size.Height)), $"Size has even sides from 16 to {MaxSide}, not {o.Size?.Width} × {o.Size?.Height}."),
            (o.IdleLimit <= TimeSpan.Zero && o.IdleLimit != Timeout.InfiniteTimeSpan, $"IdleLimit is positive or infinite, not {o.IdleLimit}."),
            (o.MaxImageConnections < 1, $"MaxImageConnections is 1 or more, not {o.MaxImageConnections}."),
            (o.MaxControlConnections < 1, $"MaxControlConnections is 1 or more, not {o.MaxControlConnections}."),
            (o.IgnoredLinesBeforeReset < 0, $"IgnoredLinesBeforeReset is 0 or more, not {o.IgnoredLinesBeforeReset}."),
            (!(o.RejectedShare is >= 0 and <= 0.9), $"RejectedShare is from 0 to 0.9, not {o.RejectedShare}."),
            (!(o.MosaicScale is >= 1 and <= 2), $"MosaicScale is from 1 to 2, not {o.MosaicScale}."),
            (o.StuckImageId is < 0 or > 65534, $"StuckImageId is from 0 to 65534, not {o.StuckImageId}."),
            (o.Hfd is < 0 or > 65535, $"Hfd is from 0 to 65535, not {o.Hfd}."),
            (o.StrayLine is { } line && !IsJsonLine(line), $"StrayLine is a JSON object on one line, not '{o.StrayLine}'."),
            (o.MegabytesPerSecond is not (null or (>= 0.01 and <= 1000)), $"MegabytesPerSecond is from 0.01 to 1000, not {o.MegabytesPerSecond}."),
            .. Unknown(o),
            .. Multicast(o),
            .. Ports(o),
        ];
        return rules.Where(rule => rule.Fault).Select(rule => rule.Sentence);
    }

    private static IEnumerable<(bool Fault, string Sentence)> Unknown(SimulatorOptions o) =>
    [
        (o.Unknowns.ImageIdleLimit is { } limit && limit <= TimeSpan.Zero && limit != Timeout.InfiniteTimeSpan,
            $"ImageIdleLimit is positive or infinite, not {o.Unknowns.ImageIdleLimit}."),
        (o.Unknowns.WideSize is { } size && !(Fits(size.Width) && Fits(size.Height)),
            $"WideSize has even sides from 16 to {MaxSide}, not {o.Unknowns.WideSize?.Width} × {o.Unknowns.WideSize?.Height}."),
    ];

    private static IEnumerable<(bool Fault, string Sentence)> Multicast(SimulatorOptions o) => o.MulticastName is not { } name ? [] :
    [
        (!(name.Name is { Length: >= 1 and <= 60 } text && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')),
            $"The name in multicast DNS has letters, digits and dashes, at most 60 and a letter first; '{name.Name}' has not."),
        (name.Port is < 1 or > 65535, $"The port of multicast DNS is from 1 to 65535, not {name.Port}."),
        (name.Group.AddressFamily != AddressFamily.InterNetwork || name.Group.GetAddressBytes()[0] is < 224 or > 239,
            $"The group of multicast DNS is an IPv4 multicast address such as 224.0.0.251, not {name.Group}."),
    ];

    private static bool IsJsonLine(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object && line[0] == '{' && !line.Contains('\n', StringComparison.Ordinal);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static IEnumerable<(bool Fault, string Sentence)> Ports(SimulatorOptions o) =>
        new (string Name, int? Port)[]
        {
            (nameof(o.RtspPort), o.RtspPort), (nameof(o.WideRtspPort), o.WideRtspPort),
            (nameof(o.ControlPort), o.ControlPort), (nameof(o.ImagePort), o.ImagePort),
            (nameof(o.WidePort), o.WidePort), (nameof(o.DiscoveryPort), o.DiscoveryPort), (nameof(o.GuestPort), o.GuestPort),
        }.Select(port => (port.Port is < 0 or > 65535, $"{port.Name} is from 0 to 65535, not {port.Port}."));

    private static bool Fits(int side) => side is >= 16 and <= MaxSide && side % 2 == 0;
}
