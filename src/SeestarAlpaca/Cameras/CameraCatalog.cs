using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Options;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>The cameras of all telescopes as Alpaca devices.</summary>
/// <remarks>Thread safe, and cheap as long as no telescope comes or goes: every request asks. A camera's device stays the same as long as its telescope does.</remarks>
internal sealed class CameraCatalog(TelescopeRegistry registry, ServerOptions options, TimeProvider time, ILogger<SeestarCamera> logger) : IDeviceCatalog
{
    private readonly Lock _gate = new();
    private IReadOnlyList<Telescope>? _telescopes;
    private IReadOnlyList<SeestarCameraDevice> _devices = [];

    public IReadOnlyList<IAlpacaDevice> Devices => Cameras;

    /// <summary>The same, as what they are.</summary>
    public IReadOnlyList<SeestarCameraDevice> Cameras
    {
        get
        {
            lock (_gate)
            {
                // Looked at inside the lock: a list that was read before another thread's newer one would bring back what is gone.
                var telescopes = registry.Telescopes;
                if (_telescopes != telescopes)
                {
                    _telescopes = telescopes;
                    _devices = [.. telescopes.SelectMany(Of).OrderBy(device => device.Number)];
                }

                return _devices;
            }
        }
    }

    private IEnumerable<CameraRecord> Offered(TelescopeRecord record)
    {
        var formats = OfferedFormats.Of(record, options.Formats).ToHashSet();
        return record.Cameras.Where(camera => formats.Contains(camera.Format));
    }

    private IEnumerable<SeestarCameraDevice> Of(Telescope telescope) => Offered(telescope.Record).Select(record =>
        _devices.FirstOrDefault(device => device.Telescope == telescope && device.Number == record.Number)
        ?? new SeestarCameraDevice(record, telescope, options, time, logger));
}
