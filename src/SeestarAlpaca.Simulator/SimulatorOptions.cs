using System.Net;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Simulator.Faults;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Scenario;
using SeestarAlpaca.Simulator.Sky;

namespace SeestarAlpaca.Simulator;

/// <summary>What a synthetic sky shows.</summary>
public enum SyntheticSkyKind
{
    /// <summary>A few hundred stars, a galaxy and a gradient.</summary>
    Stars,

    /// <summary>A big bright letter F, upright and not mirrored, so that every flip and rotation shows.</summary>
    LetterF,
}

/// <summary>How UDP discovery behaves (<c>seestar-protocol.md</c> §2.3).</summary>
public enum DiscoveryManner
{
    /// <summary>Every probe is answered.</summary>
    Answer,

    /// <summary>Only probes sent from the port that the telescope listens on, 4720, are answered.</summary>
    Strict,

    /// <summary>No probe is answered.</summary>
    Silent,
}

/// <summary>What a simulated telescope is and how it behaves. Immutable; checked when the simulator starts.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Which telescope; default S50.</summary>
    public SeestarModel Model { get; init; } = SeestarModel.S50;

    /// <summary>Firmware such as <c>6.70</c>, which decides the authentication; null for the model's own (S50 6.70, S30 7.06, S30 Pro 9.31).</summary>
    public string? Firmware { get; init; }

    /// <summary>Eight hexadecimal digits; null derives them from <see cref="Seed"/>.</summary>
    public string? Serial { get; init; }

    /// <summary>The target of <see cref="StartStacking"/>, and where the telescope points at first; a replay shows the target that its files name.</summary>
    public SkyTarget Target { get; init; } = new("M 51", 13.508889, 47.068611);

    /// <summary>The same seed and the same clock give the same pixels and the same events; default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Simulated seconds in one second; 0.1 to 1000, default 1. Limits on connections stay in real time.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>Accepted subs after which the stack stands still; 1 or more, null for never.</summary>
    public int? Subs { get; init; }

    /// <summary>Folder of FITS subs (.fit or .fits, gzip or not) that are served in the order of their names instead of a synthetic sky; null for none.</summary>
    public string? ReplayDirectory { get; init; }

    /// <summary>
    /// Whether the subs of a replay are registered on the stars of the first one that is stacked, and rejected when they cannot be, as a
    /// telescope does; false stacks them as they are. Default true.
    /// </summary>
    public bool ReplayAlign { get; init; } = true;

    /// <summary>What the synthetic sky shows; default stars.</summary>
    public SyntheticSkyKind Sky { get; init; } = SyntheticSkyKind.Stars;

    /// <summary>Size of telephoto subs, for tests that want small pictures; null for the model's. A replay has the size of its files.</summary>
    public PictureSize? Size { get; init; }

    /// <summary>Whether the stack begins in the enhanced mode, with twice the width and height of a sub (2160 × 3840 on S50); default false.</summary>
    public bool DoubleStack { get; init; }

    /// <summary>How much wider and higher than a sub the canvas of a mosaic is, 1 to 2; what is not exposed yet is 0. Default 1: no mosaic.</summary>
    public double MosaicScale { get; init; } = 1;

    /// <summary>What happens in the course of the night; null for nothing but what clients ask for.</summary>
    public ScenarioScript? Scenario { get; init; }

    /// <summary>Faults that are injected at the start, as <see cref="FaultControl.Parse"/> reads them; default none.</summary>
    public IReadOnlyList<Directive> Faults { get; init; } = [];

    /// <summary>The address to listen on; default 127.0.0.1.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>TCP port of control (4700 on a telescope); 0 takes a free one.</summary>
    public int ControlPort { get; init; }

    /// <summary>TCP port of telephoto pictures (4800 on a telescope); 0 takes a free one.</summary>
    public int ImagePort { get; init; }

    /// <summary>TCP port of wide pictures (4804 on a telescope); 0 takes a free one. Ignored on a model without wide camera.</summary>
    public int WidePort { get; init; }

    /// <summary>
    /// TCP port of the telephoto camera's video (4554 on a telescope); 0, the default, takes a free one, null is off. It listens only while the view
    /// is scenery, Sun, Moon or a planet.
    /// </summary>
    public int? RtspPort { get; init; } = 0;

    /// <summary>TCP port of the wide camera's video (4555), which scenery opens; 0, the default, takes a free one, null is off. Ignored on a model without wide camera.</summary>
    public int? WideRtspPort { get; init; } = 0;

    /// <summary>The program ffmpeg, which makes the video when it is first asked for; null, the default, looks in the directories of PATH.</summary>
    public string? FfmpegPath { get; init; }

    /// <summary>Directory in which the video is kept for the next time; null, the default, is <c>SeestarAlpaca/simulator-video</c> with the user's data of applications.</summary>
    public string? VideoDirectory { get; init; }

    /// <summary>UDP port of discovery (4720 on a telescope); 0 takes a free one, null is off.</summary>
    public int? DiscoveryPort { get; init; }

    /// <summary>How discovery behaves; default answers.</summary>
    public DiscoveryManner Discovery { get; init; } = DiscoveryManner.Answer;

    /// <summary>Whether a dash in a probe's name breaks the reply's JSON, as on telescopes; default false.</summary>
    public bool DiscoveryDashBug { get; init; }

    /// <summary>Real time without input after which a connection is closed; default 16 s, <see cref="Timeout.InfiniteTimeSpan"/> for never.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromSeconds(16);

    /// <summary>Connections accepted on each image port; default 2.</summary>
    public int MaxImageConnections { get; init; } = 2;

    /// <summary>Connections accepted on the control port; default 8.</summary>
    public int MaxControlConnections { get; init; } = 8;

    /// <summary>Whether everything is written in small pieces of random length; default false.</summary>
    public bool SmallPieces { get; init; }

    /// <summary>Whether the first event that a command causes is sent before the command's reply, as captured; default true.</summary>
    public bool EventBeforeReply { get; init; } = true;

    /// <summary>Whether a control connection is greeted with a Version event; default true.</summary>
    public bool VersionEvent { get; init; } = true;

    /// <summary>Ignored lines after which a locked control connection is reset; default 20, 0 for never.</summary>
    public int IgnoredLinesBeforeReset { get; init; } = 20;

    /// <summary>Whether the telescope is sent to <see cref="Target"/> and stacks by itself from the start; default false.</summary>
    public bool StartStacking { get; init; }

    /// <summary>Whether the first stack begins at once, without dark frames and focusing (83 s); default true.</summary>
    public bool SkipInitialise { get; init; } = true;

    /// <summary>
    /// Whether <c>get_stacked_img</c> answers with the old stack until a new one has its first sub; default true. Unknown of telescopes;
    /// true is the harder case for readers.
    /// </summary>
    public bool KeepOldStackUntilFirstSub { get; init; } = true;

    /// <summary>The share of subs that are rejected; 0 to 0.9, default 0.</summary>
    public double RejectedShare { get; init; }

    /// <summary>Whether no plate solve succeeds (code 251); default false. A goto to a target then fails with code 252.</summary>
    public bool SolvesFail { get; init; }

    /// <summary>Whether a goto ends below the horizon (code 270); default false.</summary>
    public bool TargetsBelowHorizon { get; init; }

    /// <summary>Whether focusing finds no star (code 279); default false.</summary>
    public bool FocusFails { get; init; }

    /// <summary>The image id that every picture carries, as a counter that is stuck; 0 to 65534, null for one that counts.</summary>
    public int? StuckImageId { get; init; }

    /// <summary>The hfd field of pictures; 0 to 65535, default 0. 1000 was seen of the maker's other products.</summary>
    public int Hfd { get; init; }

    /// <summary>A line of JSON that is sent, without header, before each frame of an image port; null for none.</summary>
    public string? StrayLine { get; init; }

    /// <summary>Megabytes (10⁶ bytes) that all image connections together get in a second of real time; 0.01 to 1000, null for no limit. Wi-Fi gives 0.5 to 5.</summary>
    public double? MegabytesPerSecond { get; init; }

    /// <summary>Whether the wide port shows one stale picture in a video view, as was seen; default true. False: it only says <c>done</c>.</summary>
    public bool StaleWidePicture { get; init; } = true;

    /// <summary>TCP port of the second control listener (4701 on a telescope), which answers a few questions without key; 0 takes a free one, null is off.</summary>
    public int? GuestPort { get; init; }

    /// <summary>Records what passes on the control and image ports; null, the default, for nothing. Ended by whoever made it.</summary>
    public TrafficRecorder? Recorder { get; init; }

    /// <summary>Answers to multicast DNS; null for none.</summary>
    public MulticastNameOptions? MulticastName { get; init; }

    /// <summary>What nobody knows of telescopes, as switches.</summary>
    public Unknowns Unknowns { get; init; } = new();

    internal ModelFacts Facts => ModelFacts.Of(Model);

    internal FirmwareVersion Version => FirmwareVersion.TryParse(Firmware, out var version) ? version : Facts.DefaultFirmware;

    internal string SerialNumber => Serial ?? ((uint)Hash.Mix((ulong)Seed)).ToString("x8");
}
