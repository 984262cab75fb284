using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator.Sky;

/// <summary>Subs of a synthetic sky. Each field is drawn once and the newest one is kept.</summary>
internal sealed class SyntheticSource(SyntheticSkyKind kind, PictureSize size, Sensor sensor, ulong seed) : ISubSource
{
    private readonly SubRenderer _renderer = new(size, sensor);
    private readonly Lock _gate = new();
    private Pointing _pointing;
    private Lazy<SkyCanvas>? _field;

    /// <inheritdoc/>
    public PictureSize Size => size;

    /// <inheritdoc/>
    public int? Count => null;

    /// <inheritdoc/>
    public bool IsRegisteredOnStars => false;

    /// <inheritdoc/>
    public BayerImage Expose(SubRequest request) =>
        _renderer.Expose(Field(request.Pointing), request.Exposure, DriftOf(request), Hash.Mix(Hash.Mix(seed, request.Pointing.Seed), (ulong)request.Number));

    /// <inheritdoc/>
    public Drift DriftOf(SubRequest request) => Drift.Of(seed, request.Number);

    private SkyCanvas Field(Pointing pointing)
    {
        Lazy<SkyCanvas> field;
        lock (_gate)
        {
            if (_field is null || _pointing != pointing)
            {
                (_pointing, _field) = (pointing, new Lazy<SkyCanvas>(() => SyntheticField.Draw(kind, size, seed, pointing)));
            }

            field = _field;
        }

        return field.Value;
    }
}
