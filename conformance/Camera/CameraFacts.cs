namespace SeestarAlpaca.Conformance.Camera;

/// <summary>What a camera told of itself; what it did not tell has the value that lets the run go on.</summary>
internal sealed class CameraFacts
{
    public int InterfaceVersion { get; set; } = 4;

    public bool CanAbort { get; set; }

    public bool CanStop { get; set; }

    public bool CanAsymmetricBin { get; set; }

    public bool CanFastReadout { get; set; }

    public bool CanPulseGuide { get; set; }

    public bool CanGetCoolerPower { get; set; }

    public bool CanSetTemperature { get; set; }

    public int MaxBinX { get; set; } = 1;

    public int MaxBinY { get; set; } = 1;

    /// <summary>Unbinned pixels.</summary>
    public int Width { get; set; } = 1;

    /// <summary>Unbinned pixels.</summary>
    public int Height { get; set; } = 1;

    /// <summary>ASCOM's number; 1 is a colour camera with three planes.</summary>
    public int SensorType { get; set; }

    public double ExposureMin { get; set; }

    public double ExposureMax { get; set; } = 3600;

    public int ReadoutModes { get; set; } = 1;

    /// <summary>Elements that the largest image has.</summary>
    public int Elements => (int)Math.Min((long)Width * Height * 3, Array.MaxLength / 4);

    /// <summary>All bins that the camera has, as ConformU goes through them.</summary>
    public IEnumerable<(int X, int Y)> Bins => CanAsymmetricBin
        ? Enumerable.Range(1, MaxBinY).SelectMany(y => Enumerable.Range(1, MaxBinX).Select(x => (x, y)))
        : Enumerable.Range(1, Math.Min(MaxBinX, MaxBinY)).Select(bin => (bin, bin));

    /// <summary>The whole sensor at a bin; what does not fill a binned pixel is left out (alpaca-camera.md §3.3).</summary>
    public Frame FullFrame((int X, int Y) bin) => new(bin.X, bin.Y, 0, 0, Width / bin.X, Height / bin.Y);
}

/// <summary>Bin and subframe; binned pixels.</summary>
internal sealed record Frame(int BinX, int BinY, int StartX, int StartY, int NumX, int NumY)
{
    /// <summary>Members and values in the order in which ConformU writes them.</summary>
    public IEnumerable<(string Member, int Value)> Settings =>
        [("binx", BinX), ("biny", BinY), ("startx", StartX), ("starty", StartY), ("numx", NumX), ("numy", NumY)];

    public override string ToString() => $"bin {BinX}×{BinY}, {NumX} × {NumY} pixels at {StartX},{StartY}";
}
