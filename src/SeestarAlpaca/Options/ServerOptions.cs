using System.Net;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Options;

/// <summary>How a stack becomes the picture of an RGGB camera.</summary>
public enum MosaicRecipe
{
    /// <summary>Lossless 2× where the result is at most 2160 × 3840 and its pixels are at least 1.0 µm, else same size.</summary>
    Auto,

    /// <summary>Each RGB pixel becomes one 2 × 2 RGGB cell; nothing is lost, the sides double.</summary>
    Lossless2X,

    /// <summary>Each pixel keeps the sample of its own RGGB colour; geometry stays, two thirds of the samples go.</summary>
    SameSize,
}

/// <summary>
/// What a user can choose, bound once at start and checked there. The command line wins over the environment (<c>SEESTARALPACA_</c> and the name), which
/// wins over <c>appsettings.json</c>.
/// </summary>
public sealed record ServerOptions
{
    /// <summary>The default TCP port of the server.</summary>
    public const int DefaultPort = 11111;

    /// <summary>The TCP port, 1–65535, or 0 for any free one; null for 11111 or, if that is taken, the next free one.</summary>
    public int? Port { get; init; }

    /// <summary>The UDP port of Alpaca discovery, 1–65535; 0 for no discovery; default 32227.</summary>
    public int DiscoveryPort { get; init; } = 32227;

    /// <summary>Whether only this machine can reach the server; default false, since Alpaca clients are elsewhere.</summary>
    public bool LoopbackOnly { get; init; }

    /// <summary>The folder of state and records; null for <c>STATE_DIRECTORY</c>, else the user's application directory.</summary>
    public string? Data { get; init; }

    /// <summary>Telescopes that are always there; default none.</summary>
    public IReadOnlyList<TelescopeAddress> Telescopes { get; init; } = [];

    /// <summary>Whether telescopes are searched for on the network; default true.</summary>
    public bool FindTelescopes { get; init; } = true;

    /// <summary>Whether a simulated telescope takes the place of the network; default false.</summary>
    public bool Demo { get; init; }

    /// <summary>The ASCOM camera interface, 3 or 4; default 4.</summary>
    public int InterfaceVersion { get; init; } = 4;

    /// <summary>How stacks become RGGB pictures; default Auto.</summary>
    public MosaicRecipe Mosaic { get; init; }

    /// <summary>The opt-in cameras that every telescope has: luminance, latest sub, wide; default none. The setup page can choose them for one telescope.</summary>
    public IReadOnlyList<CameraFormat> Formats { get; init; } = [];

    /// <summary>The order of the RGB cameras' planes; default red, green, blue. The setup page can choose another for one telescope.</summary>
    public PlaneOrder PlaneOrder { get; init; }

    /// <summary>How raw exposures are delivered; default re-phased to RGGB. The setup page can choose another way for one telescope.</summary>
    public SubPhase SubPhase { get; init; }

    /// <summary>How long an exposure waits for a new stack after its duration; default 5 s, 0–8 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an exposure in readout mode "New frame" waits; default 120 s, 1–3600 s.</summary>
    public TimeSpan NewFrameTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How old a delivered stack may be; default 10 minutes, 10 s to 24 h.</summary>
    public TimeSpan MaxStackAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether telescopes' control ports are used for events and state; default true.</summary>
    public bool Events { get; init; } = true;

    /// <summary>Whether a telescope with its arm closed is watched while nobody is there; default false.</summary>
    public bool KeepWatching { get; init; }

    /// <summary>Whether telescopes may be told what to do: gain, exposure length, filter, dew heater, stacks of the server's own; default false.</summary>
    public bool AllowControl { get; init; }

    /// <summary>From where; default this machine alone.</summary>
    public IReadOnlyList<IPNetwork> AllowControlFrom { get; init; } = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    /// <summary>Whether the readout mode "Fresh stack" may begin and end stacks, where control is allowed; default false.</summary>
    public bool AllowRestart { get; init; }

    /// <summary>A file with the user's RSA private key (PEM) for locked firmware; null to be a spectator there.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Host names, besides local ones, under which the pages may be asked for; default none.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>What writes outside the Alpaca API must present; null for none.</summary>
    public string? AccessToken { get; init; }

    /// <summary>The file into which the telescopes' traffic is recorded, without secrets; null for none.</summary>
    public string? Record { get; init; }

    /// <summary>What the management API tells as the location.</summary>
    public string Location { get; init; } = Environment.MachineName;
}
