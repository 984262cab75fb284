using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator.Sky;

/// <summary>Exposes a field: adds noise, rounds to the sensor's grid and cuts at saturation. Thread safe.</summary>
internal sealed class SubRenderer(PictureSize size, Sensor sensor)
{
    /// <summary>Signal that the noise at the very bottom has at least, in ADU; the measured line crosses zero 3 ADU above the bias.</summary>
    private const float LeastSignal = 3;

    private readonly HotPixels _hotPixels = new(size, sensor.Seed);

    /// <summary>Makes one sub.</summary>
    /// <param name="field">The field without noise.</param>
    /// <param name="exposure">Length and gain.</param>
    /// <param name="drift">How far the sub is off its place.</param>
    /// <param name="seed">Decides the noise.</param>
    /// <param name="conditions">Clouds and trails; null for none. The rest of them is drawn in the field.</param>
    public BayerImage Expose(SkyCanvas field, Exposure exposure, Drift drift, ulong seed, SkyConditions? conditions = null)
    {
        var sub = new BayerImage(size.Width, size.Height, field.Bayer);
        var clouds = conditions is { Clouds: > 0 } ? new CloudField(conditions.Clouds, conditions.CloudPath, size, sensor.Seed) : null;
        var trail = conditions is { Trail: not TrailKind.None } ? new LightTrail(conditions.Trail, size, seed) : null;
        var veiled = clouds is null && trail is null ? [] : new float[size.Width];
        var noise = new GaussianNoise(seed);
        var (factor, variance, grid) = (exposure.SignalFactor(sensor), exposure.Variance(sensor), exposure.Grid(sensor));
        var (steps, highest) = (1 / grid, sensor.Saturation / grid);
        for (var y = 0; y < size.Height; y++)
        {
            var light = field.Row(y, drift);
            if (veiled.Length > 0)
            {
                light.CopyTo(veiled);
                trail?.Apply(y, veiled);
                clouds?.Apply(y, veiled, field.Bayer);
                light = veiled;
            }

            var row = sub.Writable.Slice(y * size.Width, size.Width);
            for (var x = 0; x < row.Length; x++)
            {
                var signal = light[x] * factor;
                var deviation = MathF.Sqrt(variance * MathF.Max(signal - LeastSignal, LeastSignal));
                var value = (signal + Sensor.Bias + (deviation * noise.Next())) * steps;
                row[x] = (ushort)(((int)(Math.Clamp(value, 0, highest) + 0.5f) * grid) + 0.5f);
            }
        }

        _hotPixels.Apply(sub, grid, sensor.Saturation);
        return sub;
    }
}
