using SeestarAlpaca.Conformance.Http;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>ASCOM's camera states.</summary>
internal static class CameraState
{
    public const int Idle = 0;
    public const int Exposing = 2;
    public const int Error = 5;
}

/// <summary>An exposure as a client saw it; checks judge it afterwards.</summary>
internal sealed class ExposureRecord
{
    public required Frame Frame { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Writes of bin and subframe that failed.</summary>
    public List<Answer> FailedWrites { get; } = [];

    /// <summary>State before the start; null when it could not be read.</summary>
    public int? StateBefore { get; set; }

    /// <summary>What StartExposure answered.</summary>
    public Answer? Start { get; set; }

    /// <summary>ImageReady and state straight after it.</summary>
    public (bool? Ready, int? State) AfterStart { get; set; }

    /// <summary>When exposing was seen first; null when it never was.</summary>
    public DateTimeOffset? SeenExposing { get; set; }

    /// <summary>ImageReady when exposing was seen.</summary>
    public bool? ReadyWhileExposing { get; set; }

    /// <summary>PercentCompleted outside 0 to 100 while under way.</summary>
    public List<int> WrongPercents { get; } = [];

    /// <summary>What was waited for in vain; null when all came.</summary>
    public string? GivenUp { get; set; }

    /// <summary>Whether the image became ready.</summary>
    public bool Ready { get; set; }

    public Answer? LastDuration { get; set; }

    public Answer? LastStart { get; set; }

    public int? StateAfter { get; set; }

    public ImageRecord? Array { get; set; }

    public ImageRecord? Variant { get; set; }
}

/// <summary>A fetched image without its pixels.</summary>
/// <param name="Shape">Dimensions; null when there is no image.</param>
/// <param name="Told">What came back, in words.</param>
internal sealed record ImageRecord((int Rank, int Width, int Height)? Shape, string Told, TimeSpan Elapsed, string? DifferenceToArray);
