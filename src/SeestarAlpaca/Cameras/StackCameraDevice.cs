using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Options;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>A camera number: one format of one telescope. Each client that connects gets a camera of its own.</summary>
internal sealed class StackCameraDevice(CameraRecord record, Telescope telescope, ServerOptions options, TimeProvider time, ILogger<StackCamera> logger) : ICameraDevice
{
    public Telescope Telescope { get; } = telescope;

    public CameraFormat Format => record.Format;

    public uint Number => record.Number;

    public string UniqueId => record.UniqueId.ToString();

    /// <summary>A telescope that was known twice has cameras of the same format; from the second on their number tells them apart.</summary>
    public string Name
    {
        get
        {
            var isFirst = Telescope.Record.Cameras.All(camera => camera.Format != Format || camera.Number >= Number);
            return $"{Telescope.Name} - {(Format == CameraFormat.LiveStackRgb ? "Live stack RGB" : "Live stack")}{(isFirst ? string.Empty : $" ({Number})")}";
        }
    }

    public ICameraV4 Open() => new StackCamera(this, options, time, logger);

    /// <summary>The size of now: of the last stack held, else of the telescope's last stack ever, else of its model.</summary>
    public StackGeometry CurrentGeometry()
    {
        var (known, model) = (Telescope.Record, Telescope.Model);
        var (width, height) = Telescope.Session.Frames.NewestDetails?.Size
            ?? (known.StackWidth > 0 ? (known.StackWidth, known.StackHeight) : (model.SensorWidth, model.SensorHeight));
        return StackGeometry.Of(Format, width, height, model, options.Mosaic);
    }
}
