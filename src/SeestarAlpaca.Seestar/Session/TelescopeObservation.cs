using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Control;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>
/// What is known of a telescope at one moment, gathered from events and, where commands are answered, from queries. Immutable. Null is unknown:
/// a spectator that has just connected knows nothing.
/// </summary>
public sealed record TelescopeObservation
{
    /// <summary>Nothing known.</summary>
    public static TelescopeObservation Nothing { get; } = new();

    /// <summary>
    /// Counts everything after which an older stack shows another field: start or restart of a stack, goto, change of view or target, closing of the
    /// arm, reboot, missed events. A picture may be delivered only in the epoch that it was asked for in.
    /// </summary>
    public long Epoch { get; init; }

    /// <summary>The serial number, eight hexadecimal digits.</summary>
    public string? Serial { get; init; }

    /// <summary>Such as Seestar S50.</summary>
    public string? Model { get; init; }

    /// <summary>Such as 6.70.</summary>
    public string? Firmware { get; init; }

    /// <summary>The colour filter array of the telephoto camera.</summary>
    public BayerPhase? Phase { get; init; }

    /// <summary>Columns and rows of the sensor as delivered, in pixels.</summary>
    public (int Width, int Height)? SensorSize { get; init; }

    /// <summary>Side of a sensor pixel in µm.</summary>
    public double? PixelSize { get; init; }

    /// <summary>Whether the arm is folded.</summary>
    public bool? ArmClosed { get; init; }

    /// <summary>star, scenery, solar_sys, sun, moon, planet, none.</summary>
    public string? Mode { get; init; }

    /// <summary>working, cancel, complete, fail.</summary>
    public string? ViewState { get; init; }

    /// <summary>The target's name as the app gave it.</summary>
    public string? TargetName { get; init; }

    /// <summary>Right ascension in hours and declination in degrees, of date.</summary>
    public (double Hours, double Degrees)? TargetRaDec { get; init; }

    /// <summary>Gain in 0.1 dB.</summary>
    public int? Gain { get; init; }

    /// <summary>Whether the light pollution filter is in.</summary>
    public bool? LpFilter { get; init; }

    /// <summary>Length of one sub of the stack.</summary>
    public TimeSpan? SubExposure { get; init; }

    /// <summary>Whether the telescope turns to a target.</summary>
    public bool? IsMoving { get; init; }

    /// <summary>Whether darks are taken or the first focus is searched.</summary>
    public bool? IsInitialising { get; init; }

    /// <summary>Whether the live view exposes, so that previews can be had.</summary>
    public bool? IsLive { get; init; }

    /// <summary>The port on which video can be had now; null if none is known to be open.</summary>
    public int? RtspPort { get; init; }

    /// <summary>working, cancel, complete, fail.</summary>
    public string? StackState { get; init; }

    /// <summary>Whether this epoch's stack was seen at work; without that, a stack in the telescope may be last night's.</summary>
    public bool StackSeenWorking { get; init; }

    /// <summary>Subs in the stack.</summary>
    public int? StackedFrames { get; init; }

    /// <summary>Subs that were rejected.</summary>
    public int? DroppedFrames { get; init; }

    /// <summary>Exposures of this epoch's stack that were seen to end.</summary>
    public int SubsExposed { get; init; }

    /// <summary>How long the stack had been at work when it was last told of. A shorter time than before is another stack.</summary>
    public TimeSpan? StackLapse { get; init; }

    /// <summary>When the number of subs last changed.</summary>
    public DateTimeOffset? StackChangedAt { get; init; }

    /// <summary>Lowest and highest gain in 0.1 dB, as the telescope tells them.</summary>
    public (int Lowest, int Highest)? GainRange { get; init; }

    /// <summary>The sensor's temperature in degrees Celsius; not the processor's.</summary>
    public double? SensorTemperature { get; init; }

    /// <summary>Whether exposures of 2 and 5 s can be chosen for stacks.</summary>
    public bool? ExpertMode { get; init; }

    /// <summary>The dew heater's power in per cent where this program has set it; null is not known.</summary>
    public int? DewHeaterPercent { get; init; }

    /// <summary>Whether the telescope works through a plan of the app.</summary>
    public bool? IsPlanRunning { get; init; }

    /// <summary>Battery and temperatures.</summary>
    public PiStatusFields Status { get; init; } = PiStatusFields.None;

    /// <summary>Whether this connection became master of the telescope.</summary>
    public bool? IsMaster { get; init; }

    /// <summary>The telescope's clock at the last event.</summary>
    public TimeSpan? Clock { get; init; }

    /// <summary>When the last event or answer came; null when none did since the connection was opened.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>Whether a goto with its plate solving goes on, whose single moves are only parts of it.</summary>
    internal bool InAutoGoto { get; init; }

    /// <summary>Whether a video view is on: scenery, Sun, Moon or a planet.</summary>
    public bool ShowsVideo => ViewState == "working" && Mode is "scenery" or "solar_sys" or "sun" or "moon" or "planet";

    /// <summary>Whether a stack is being made.</summary>
    public bool IsStacking => StackState == "working";

    /// <summary>The stack that can be fetched now; null when none is known to belong to this epoch.</summary>
    public StackMark? Announced => StackSeenWorking && StackedFrames is > 0 and var frames ? new StackMark(Epoch, frames) : null;

    /// <summary>The exposure of the stack at work that can be fetched now; null when none is known to belong to this epoch. Counts exposures, not subs in the stack.</summary>
    public StackMark? AnnouncedSub => IsStacking && (SubsExposed > 0 || StackedFrames > 0) ? new StackMark(Epoch, SubsExposed) : null;

    /// <summary>The same telescope in a new epoch: its stack, whatever it was, is a thing of the past.</summary>
    internal TelescopeObservation NextEpoch() => this with
    {
        Epoch = Epoch + 1,
        StackState = null,
        StackSeenWorking = false,
        StackedFrames = null,
        DroppedFrames = null,
        SubsExposed = 0,
        StackLapse = null,
        StackChangedAt = null,
    };

    /// <summary>After events were missed: what the telescope is stays known, what it does does not.</summary>
    internal TelescopeObservation AfterGap() => NextEpoch() with
    {
        Mode = null,
        ViewState = null,
        TargetName = null,
        TargetRaDec = null,
        IsMoving = null,
        InAutoGoto = false,
        IsInitialising = null,
        IsLive = null,
        RtspPort = null,
        ArmClosed = null,
        Clock = null,
        HeardAt = null,
        IsMaster = null,
        SensorTemperature = null,
        DewHeaterPercent = null,
        IsPlanRunning = null,
    };
}
