namespace SeestarAlpaca.Imaging.Images;

/// <summary>The colour picture of a stack: red, green, blue side by side for each pixel.</summary>
public sealed class RgbImage : Image16
{
    /// <summary>Makes a picture with undefined samples.</summary>
    /// <param name="width">Columns; at least 1.</param>
    /// <param name="height">Rows; at least 1.</param>
    /// <param name="pool">Where the samples are borrowed from; null for memory of its own.</param>
    public RgbImage(int width, int height, PixelPool? pool = null)
        : base(width, height, 3, pool)
    {
    }

    private RgbImage(RgbImage shared)
        : base(shared)
    {
    }

    /// <inheritdoc/>
    public override RgbImage Share() => new(this);
}

/// <summary>A raw exposure behind a colour filter array: one sample for each pixel, its colour told by <see cref="Phase"/>.</summary>
public sealed class BayerImage : Image16
{
    /// <summary>Makes a picture with undefined samples.</summary>
    /// <param name="width">Columns; at least 1.</param>
    /// <param name="height">Rows; at least 1.</param>
    /// <param name="phase">The colours of the top left 2 × 2 pixels.</param>
    /// <param name="pool">Where the samples are borrowed from; null for memory of its own.</param>
    public BayerImage(int width, int height, BayerPhase phase, PixelPool? pool = null)
        : base(width, height, 1, pool) => Phase = phase;

    private BayerImage(BayerImage shared)
        : base(shared) => Phase = shared.Phase;

    /// <summary>The colours of the top left 2 × 2 pixels.</summary>
    public BayerPhase Phase { get; }

    /// <inheritdoc/>
    public override BayerImage Share() => new(this);
}

/// <summary>A picture without colour: one sample for each pixel.</summary>
public sealed class MonoImage : Image16
{
    /// <summary>Makes a picture with undefined samples.</summary>
    /// <param name="width">Columns; at least 1.</param>
    /// <param name="height">Rows; at least 1.</param>
    /// <param name="pool">Where the samples are borrowed from; null for memory of its own.</param>
    public MonoImage(int width, int height, PixelPool? pool = null)
        : base(width, height, 1, pool)
    {
    }

    private MonoImage(MonoImage shared)
        : base(shared)
    {
    }

    /// <inheritdoc/>
    public override MonoImage Share() => new(this);
}
