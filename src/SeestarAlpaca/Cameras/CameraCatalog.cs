using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Options;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>The cameras of all telescopes as Alpaca devices.</summary>
/// <remarks>Thread safe. A camera's device object stays the same as long as its telescope does.</remarks>
internal sealed class CameraCatalog(TelescopeRegistry registry, ServerOptions options, TimeProvider time, ILogger<StackCamera> logger) : IDeviceCatalog
{
    private readonly ConcurrentDictionary<(CameraRecord Record, Telescope Telescope), StackCameraDevice> _devices = [];

    public IReadOnlyList<IAlpacaDevice> Devices
    {
        get
        {
            var cameras = registry.Telescopes.SelectMany(telescope => telescope.Record.Cameras.Select(record => (record, telescope))).ToHashSet();
            foreach (var gone in _devices.Keys.Where(key => !cameras.Contains(key)))
            {
                _devices.TryRemove(gone, out _);
            }

            return [.. cameras
                .Select(key => _devices.GetOrAdd(key, key => new StackCameraDevice(key.Record, key.Telescope, options, time, logger)))
                .OrderBy(device => device.Number)];
        }
    }
}
