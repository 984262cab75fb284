namespace SeestarAlpaca.Simulator.Sky;

/// <summary>What the sensor behind a picture is like.</summary>
/// <param name="Step">Spacing of the 16-bit values of one readout: 16 for 12 bits, 64 for 10.</param>
/// <param name="ReferenceGain">The gain at which the noise of <c>seestar-protocol.md</c> §7 holds, in steps of 0.1 dB.</param>
/// <param name="Seed">Decides where hot pixels are.</param>
internal sealed record Sensor(int Step, int ReferenceGain, ulong Seed)
{
    /// <summary>The level of a pixel without light, in ADU.</summary>
    public const float Bias = 390;

    /// <summary>The highest value that telescopes send (<c>seestar-protocol.md</c> §5.4).</summary>
    public int Saturation => Step == 64 ? 65472 : 65504;
}

/// <summary>How long and how strongly amplified a sub is.</summary>
/// <param name="Seconds">Above 0.</param>
/// <param name="Gain">In steps of 0.1 dB.</param>
internal readonly record struct Exposure(double Seconds, int Gain)
{
    /// <summary>
    /// A long sub is the mean of readouts of about two seconds: values of 10 s subs lie on a grid of 16 / 5 ADU
    /// (<c>seestar-protocol.md</c> §7).
    /// </summary>
    private const double ReadoutSeconds = 2;

    /// <summary>Variance for each ADU of one readout: 5 × 12.8, since 12.8 was measured of the mean of five.</summary>
    private const float VariancePerAdu = 64;

    /// <summary>How many readouts the sub is the mean of.</summary>
    public int Readouts => Math.Max(1, (int)Math.Ceiling(Seconds / ReadoutSeconds));

    /// <summary>What a signal of a two-second readout at the reference gain is multiplied with.</summary>
    public float SignalFactor(Sensor sensor) => (float)(Seconds / Readouts / ReadoutSeconds) * GainFactor(sensor);

    /// <summary>Variance in ADU² for each ADU of signal.</summary>
    public float Variance(Sensor sensor) => VariancePerAdu / Readouts * GainFactor(sensor);

    /// <summary>Spacing of the values in ADU.</summary>
    public float Grid(Sensor sensor) => (float)sensor.Step / Readouts;

    private float GainFactor(Sensor sensor) => MathF.Pow(10, (Gain - sensor.ReferenceGain) / 200f);
}
