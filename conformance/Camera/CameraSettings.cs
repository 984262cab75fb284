namespace SeestarAlpaca.Conformance.Camera;

/// <summary>How a camera is judged. The defaults are ConformU's (alpaca-camera.md §8).</summary>
internal sealed record CameraSettings
{
    /// <summary>Counts what ConformU passes although other clients fail on it.</summary>
    public bool Strict { get; init; }

    /// <summary>Duration of the exposures; default 2 s.</summary>
    public TimeSpan Exposure { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Duration of the exposures that must be refused for another reason, and of further short ones; default 0.1 s.</summary>
    public TimeSpan ShortExposure { get; init; } = TimeSpan.FromSeconds(0.1);

    /// <summary>Duration of a guide pulse; default 2 s.</summary>
    public TimeSpan GuidePulse { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Between two looks at a state; default 0.5 s.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long a state may be waited for; default 10 s.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long connecting may take; default 5 s.</summary>
    public TimeSpan ConnectWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long each reading of the performance checks lasts; null leaves them out.</summary>
    public TimeSpan? Performance { get; init; }

    /// <summary>Whether the camera shows a letter F, so that orientation can be judged.</summary>
    public bool ExpectLetterF { get; init; }

    /// <summary>Beginning of the names of the checks that are done; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>ClientID of the main client; the others count up from it.</summary>
    public uint ClientId { get; init; } = 4711;
}
