namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>What a fake camera is like.</summary>
internal sealed record FakeModel
{
    /// <summary>A sober one-shot colour camera: symmetric bins, gain in values, nothing optional besides.</summary>
    public static FakeModel Plain { get; } = new();

    /// <summary>A monochrome camera that has what the plain one lacks.</summary>
    public static FakeModel Rich { get; } = new() { SensorType = 0, Everything = true, MaxBin = 2 };

    /// <summary>A colour camera with three planes, not binned.</summary>
    public static FakeModel Colour { get; } = new() { SensorType = 1, MaxBin = 1 };

    public int InterfaceVersion { get; init; } = 4;

    public int SensorType { get; init; } = 2;

    public int Width { get; init; } = 34;

    public int Height { get; init; } = 50;

    public int MaxBin { get; init; } = 3;

    /// <summary>Cooler, guiding, fast readout, asymmetric bins, sub-exposures, a list of offsets.</summary>
    public bool Everything { get; init; }

    public Flaw Flaw { get; init; }

    public bool Has(Flaw flaw) => Flaw == flaw;
}
