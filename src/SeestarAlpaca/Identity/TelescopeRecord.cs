using System.Text.Json.Serialization;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Identity;

/// <summary>The pictures that a telescope's cameras deliver; one camera number for each, since a client takes format and size for constant.</summary>
public enum CameraFormat
{
    /// <summary>The stack re-mosaicked: RGGB, rank 2.</summary>
    LiveStack,

    /// <summary>The stack as it is: colour, rank 3.</summary>
    LiveStackRgb,

    /// <summary>One plane of the stack, or its luminance: monochrome, rank 2. Opt-in.</summary>
    Luminance,

    /// <summary>The newest single exposure: raw Bayer, rank 2. Opt-in.</summary>
    LatestSub,

    /// <summary>The wide camera's pictures: raw Bayer, rank 2. Opt-in, where the model has one.</summary>
    Wide,
}

/// <summary>The order of a colour camera's planes.</summary>
public enum PlaneOrder
{
    /// <summary>Red, green, blue, as ASCOM has it.</summary>
    Rgb,

    /// <summary>Blue, green, red, as SharpCap is said to take it.</summary>
    Bgr,
}

/// <summary>How raw exposures are delivered.</summary>
public enum SubPhase
{
    /// <summary>From the first red pixel on: RGGB, offsets 0,0.</summary>
    Rggb,

    /// <summary>Every pixel where the telescope has it: GRBG, offsets 1,0.</summary>
    Native,
}

/// <summary>What a user has chosen for one telescope's cameras. Immutable.</summary>
public sealed record CameraChoices
{
    /// <summary>The opt-in formats that are offered.</summary>
    public IReadOnlyList<CameraFormat> Formats { get; init; } = [];

    /// <summary>The order of the colour camera's planes; null as configured.</summary>
    public PlaneOrder? PlaneOrder { get; init; }

    /// <summary>How raw exposures are delivered; null as configured.</summary>
    public SubPhase? SubPhase { get; init; }
}

/// <summary>A camera's identity: made once, kept for ever.</summary>
/// <param name="Format">What it delivers.</param>
/// <param name="Number">Its Alpaca device number.</param>
/// <param name="UniqueId">Its Alpaca UniqueID.</param>
public sealed record CameraRecord(CameraFormat Format, uint Number, Guid UniqueId);

/// <summary>What is remembered of a telescope. Immutable.</summary>
public sealed record TelescopeRecord
{
    /// <summary>Our own name for it; never changes.</summary>
    public required Guid Id { get; init; }

    /// <summary>The telescope's serial number; null until it becomes known.</summary>
    public string? Serial { get; init; }

    /// <summary>Such as Seestar S50; null until it becomes known.</summary>
    public string? Model { get; init; }

    /// <summary>What a telescope without a known serial number is recognised by: configured addresses, multicast DNS names, IP addresses.</summary>
    public IReadOnlyList<string> Bindings { get; init; } = [];

    /// <summary>Where it was last, in the form of <see cref="TelescopeAddress"/>; null while another telescope has that address.</summary>
    public string? Address { get; init; }

    /// <summary>The same, as what it means.</summary>
    [JsonIgnore]
    public TelescopeAddress? WhereItIs => Address is null ? null : TelescopeAddress.Parse(Address);

    /// <summary>Its cameras, the live stack's first.</summary>
    public IReadOnlyList<CameraRecord> Cameras { get; init; } = [];

    /// <summary>What was chosen for them.</summary>
    public CameraChoices Choices { get; init; } = new();

    /// <summary>Columns of its last stack; 0 before the first.</summary>
    public int StackWidth { get; init; }

    /// <summary>Rows of its last stack; 0 before the first.</summary>
    public int StackHeight { get; init; }

    /// <summary>Columns of its last single exposure; 0 before the first.</summary>
    public int SubWidth { get; init; }

    /// <summary>Rows of its last single exposure; 0 before the first.</summary>
    public int SubHeight { get; init; }
}
