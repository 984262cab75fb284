using System.Net;
using SeestarAlpaca.Imaging.Images;
using static SeestarAlpaca.Simulator.Switches.SimulatorSwitch;

namespace SeestarAlpaca.Simulator.Switches;

/// <summary>
/// The switches of a simulated telescope by name, for command lines: how it is built and behaves, and what nobody knows of telescopes
/// (<c>seestar-protocol.md</c> §11.2).
/// </summary>
public static class SimulatorSwitches
{
    /// <summary>All there are.</summary>
    public static IReadOnlyList<SimulatorSwitch> Known { get; } =
    [
        Choice<StreamingWhileStacking>(
            "streaming-while-stacking", default, "What begin_streaming brings while the telescope stacks", (o, value) => o.Unknown(u => u with { StreamingWhileStacking = value })),
        Choice<ZipLayout>("zip", default, "How the archive around a picture is laid out", (o, value) => o.Unknown(u => u with { Zip = value })),
        YesNo("raw-stack", false, "Stacks come as they are, not in an archive", (o, on) => o.Unknown(u => u with { RawStack = on })),
        YesNo("pictures-repeat-ends", true, "Header bytes 10 and 11 repeat the payload's ends", (o, on) => o.Unknown(u => u with { PicturesRepeatEnds = on })),
        YesNo("done-is-error", false, "The text done is marked as an error", (o, on) => o.Unknown(u => u with { DoneIsError = on })),
        YesNo("only-continuous-is-error", false, "The text only available for continuous exposure is marked as an error", (o, on) => o.Unknown(u => u with { OnlyContinuousIsError = on })),
        YesNo("alert-has-more-keys", false, "The line for one image connection too many has more than Event and Msg", (o, on) => o.Unknown(u => u with { AlertHasMoreKeys = on })),
        YesNo("closes-after-reply", false, "Image connections are closed after each answer", (o, on) => o.Unknown(u => u with { ClosesAfterReply = on })),
        YesNo("current-image-needs-streaming", false, "get_current_img resets a connection that has not begun streaming", (o, on) => o.Unknown(u => u with { CurrentImageNeedsStreaming = on })),
        Seconds("image-idle-limit", "seconds, never; **as idle-limit**", "An image connection without input is closed", (o, time) => o.Unknown(u => u with { ImageIdleLimit = time })),
        YesNo("locked-ignores-heartbeat", false, "A locked telescope ignores even test_connection", (o, on) => o.Unknown(u => u with { LockedIgnoresHeartbeat = on })),
        YesNo("verified-needs-verify", true, "A connection that has shown the key must still say verify", (o, on) => o.Unknown(u => u with { VerifiedNeedsVerify = on })),
        YesNo("client-event-on-connect", false, "A new connection is told whether it is master", (o, on) => o.Unknown(u => u with { ClientEventOnConnect = on })),
        new("wide-phase", "Rggb, Grbg, Gbrg, Bggr; **the camera's**", "The colours of wide pictures", (o, text) =>
            o.Unknown(u => u with { WidePhase = Enum.TryParse<BayerPhase>(text, ignoreCase: true, out var phase) && Enum.IsDefined(phase)
                ? phase
                : throw new FormatException($"wide-phase is one of {string.Join(", ", Enum.GetNames<BayerPhase>())}, not '{text}'.") })),
        Size("wide-size", "WIDTHxHEIGHT; **the camera's**", "The size of wide pictures", (o, size) => o.Unknown(u => u with { WideSize = size })),
        YesNo("stale-wide-picture", true, "The wide port shows one old picture in a video view", (o, on) => o with { StaleWidePicture = on }),

        YesNo("double-stack", false, "The stack has twice the width and height of a sub", (o, on) => o with { DoubleStack = on }),
        Number<double>("mosaic-scale", "1 to 2; **1**", "How much wider and higher than a sub the canvas of a mosaic is", (o, scale) => o with { MosaicScale = scale }),
        YesNo("start-stacking", true, "It goes to its target and stacks by itself from the start", (o, on) => o with { StartStacking = on }),
        YesNo("skip-initialise", true, "The first stack begins without dark frames and focusing", (o, on) => o with { SkipInitialise = on }),
        YesNo("keep-old-stack", true, "After a restart of the stack the old one is sent until the first sub", (o, on) => o with { KeepOldStackUntilFirstSub = on }),
        Number<double>("rejected-share", "0 to 0.9; **0**", "The share of subs that are rejected", (o, share) => o with { RejectedShare = share }),
        YesNo("solves-fail", false, "No plate solve succeeds (251)", (o, on) => o with { SolvesFail = on }),
        YesNo("targets-below-horizon", false, "A goto ends below the horizon (270)", (o, on) => o with { TargetsBelowHorizon = on }),
        YesNo("focus-fails", false, "Focusing finds no star (279)", (o, on) => o with { FocusFails = on }),

        Seconds("idle-limit", "seconds, never; **16**", "A connection without input is closed; real time", (o, time) => o with { IdleLimit = time }),
        Number<int>("max-image-connections", "1 or more; **2**", "Connections on each image port", (o, count) => o with { MaxImageConnections = count }),
        Number<int>("max-control-connections", "1 or more; **8**", "Connections on the control port", (o, count) => o with { MaxControlConnections = count }),
        Number<int>("ignored-lines-before-reset", "0 for never; **20**", "Ignored lines after which a locked connection is reset", (o, count) => o with { IgnoredLinesBeforeReset = count }),
        Number<double>("megabytes-per-second", "0.01 to 1000; **no limit**", "What all image connections together get", (o, rate) => o with { MegabytesPerSecond = rate }),
        YesNo("small-pieces", false, "Everything comes in small pieces of random length", (o, on) => o with { SmallPieces = on }),
        YesNo("event-before-reply", true, "The first event of a command comes before its reply", (o, on) => o with { EventBeforeReply = on }),
        YesNo("version-event", true, "A control connection is greeted with a Version event", (o, on) => o with { VersionEvent = on }),
        Number<int>("stuck-image-id", "0 to 65534; **it counts**", "The image id that every picture carries", (o, id) => o with { StuckImageId = id }),
        Number<int>("hfd", "0 to 65535; **0**", "The hfd field of pictures", (o, hfd) => o with { Hfd = hfd }),
        Text("stray-line", "JSON; **none**", "A line without header before each frame", (o, line) => o with { StrayLine = line }),

        Choice<DiscoveryManner>("discovery", default, "How UDP discovery behaves", (o, manner) => o with { Discovery = manner }),
        YesNo("discovery-dash-bug", false, "A dash in a probe's name breaks the reply", (o, on) => o with { DiscoveryDashBug = on }),
        Number<int>("guest-port", "TCP port, 0 for any; **off**", "A second control port (4701) that answers a few questions without key", (o, port) => o with { GuestPort = port }),
        Text("multicast-name", "NAME; **none**", "Answers to NAME.local in multicast DNS, or NAME-2.local where that is taken", (o, name) => o with { MulticastName = new MulticastNameOptions { Name = name } }),
        new("multicast-group", "ADDRESS:PORT; **224.0.0.251:5353**", "Where it does so; after multicast-name", (o, text) => o with
        {
            MulticastName = (o.MulticastName ?? throw new FormatException("multicast-group comes after multicast-name.")) is var names && IPEndPoint.TryParse(text, out var group)
                ? names with { Group = group.Address, Port = group.Port }
                : throw new FormatException($"multicast-group is an address and a port, such as 224.0.0.251:5353, not '{text}'."),
        }),
    ];

    /// <summary>Sets switches.</summary>
    /// <param name="options">What is changed.</param>
    /// <param name="settings">Each <c>NAME=VALUE</c>; a later one wins.</param>
    /// <exception cref="FormatException">There is no such switch, or its value is none; the message says what would be right.</exception>
    public static SimulatorOptions Set(SimulatorOptions options, IEnumerable<string> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Aggregate(options, (changed, setting) =>
        {
            var parts = setting.Split('=', 2, StringSplitOptions.TrimEntries);
            var known = Known.FirstOrDefault(known => known.Name == parts[0])
                ?? throw new FormatException($"There is no switch '{parts[0]}'; there are {string.Join(", ", Known.Select(known => known.Name))}.");
            return parts is [_, { Length: > 0 } value]
                ? known.Change(changed, value)
                : throw new FormatException($"A switch is NAME=VALUE, such as zip=Zip64, not '{setting}'.");
        });
    }

    private static SimulatorOptions Unknown(this SimulatorOptions options, Func<Unknowns, Unknowns> change) => options with { Unknowns = change(options.Unknowns) };
}
