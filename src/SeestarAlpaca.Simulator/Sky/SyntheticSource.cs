using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator.Sky;

/// <summary>Subs of a synthetic sky. Each field is drawn once and the newest one is kept.</summary>
/// <param name="kind">What the sky shows.</param>
/// <param name="size">Size of the subs.</param>
/// <param name="sensor">The sensor.</param>
/// <param name="seed">Decides everything by chance.</param>
/// <param name="bayer">The colours of the top left 2 × 2 pixels.</param>
internal sealed class SyntheticSource(SyntheticSkyKind kind, PictureSize size, Sensor sensor, ulong seed, BayerPhase bayer = SkyCanvas.Phase) : ISubSource
{
    private readonly SubRenderer _renderer = new(size, sensor);
    private readonly Lock _gate = new();
    private Pointing _pointing;
    private SkyConditions _conditions = SkyConditions.Clear;
    private Lazy<SkyCanvas>? _field;

    /// <inheritdoc/>
    public PictureSize Size => size;

    /// <inheritdoc/>
    public int? Count => null;

    /// <inheritdoc/>
    public bool IsRegisteredOnStars => false;

    /// <inheritdoc/>
    public BayerImage Expose(SubRequest request) =>
        _renderer.Expose(
            Field(request.Pointing, request.Conditions),
            request.Exposure,
            DriftOf(request),
            Hash.Mix(Hash.Mix(seed, request.Pointing.Seed), (ulong)request.Number),
            request.Conditions);

    /// <inheritdoc/>
    public Drift DriftOf(SubRequest request) => Drift.Of(seed, request.Number);

    private SkyCanvas Field(Pointing pointing, SkyConditions conditions)
    {
        Lazy<SkyCanvas> field;
        lock (_gate)
        {
            if (_field is null || _pointing != pointing || !_conditions.DrawsAs(conditions))
            {
                (_pointing, _conditions) = (pointing, conditions);
                _field = new Lazy<SkyCanvas>(() => SyntheticField.Draw(kind, new SkyCanvas(size, bayer), seed, pointing, conditions));
            }

            field = _field;
        }

        return field.Value;
    }
}
