using System.Net;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>A camera number: one format of one telescope. Each client that connects gets a camera of its own.</summary>
internal sealed class SeestarCameraDevice(CameraRecord record, Telescope telescope, ServerOptions options, TimeProvider time, ILogger<SeestarCamera> logger) : ICameraDevice
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
            return $"{Telescope.Name} - {FormatNames.Of(Format).Name}{(isFirst ? string.Empty : $" ({Number})")}";
        }
    }

    public ICameraV4 Open(IPAddress client) => new SeestarCamera(this, new TelescopeControl(Telescope, options, client), options, time, logger);

    /// <summary>What a connection wants of the telescope: single exposures only while one is exposed, unless nothing else tells of the telescope.</summary>
    public FrameWish Wish => Format is CameraFormat.LatestSub or CameraFormat.Wide
        ? options.Events ? FrameWish.State : FrameWish.Subs
        : FrameWish.Stacks;

    /// <summary>The picture whose size is not known and that the telescope can send now: worth waiting for, since the size is fixed from connecting on.</summary>
    public FrameWish? Sizing
    {
        get
        {
            var (record, snapshot) = (Telescope.Record, Telescope.Session.Snapshot);
            return Format switch
            {
                CameraFormat.Wide => null,
                CameraFormat.LatestSub => record.SubWidth == 0 && Telescope.Session.Frames.NewestSubDetails is null
                    && (snapshot.Telescope.AnnouncedSub is not null || snapshot.Telescope.IsLive is true) ? FrameWish.Subs : null,
                _ => record.StackWidth == 0 && snapshot is { Stack: null, Telescope.Announced: not null } ? FrameWish.Stacks : null,
            };
        }
    }

    /// <summary>Size and colours of now.</summary>
    public CameraGeometry CurrentGeometry() => Format switch
    {
        CameraFormat.LatestSub => SubGeometry(),
        CameraFormat.Wide => WideGeometry(),
        _ => StackGeometry(),
    };

    /// <summary>The size of the last stack held, else of the telescope's last stack ever, else of its model.</summary>
    private CameraGeometry StackGeometry()
    {
        var (known, model) = (Telescope.Record, Telescope.Model);
        var (width, height) = Telescope.Session.Frames.NewestDetails?.Size
            ?? (known.StackWidth > 0 ? (known.StackWidth, known.StackHeight) : (model.SensorWidth, model.SensorHeight));
        return CameraGeometry.OfStack(Format, width, height, model, options.Mosaic) with { PlaneOrder = known.Choices.PlaneOrder ?? options.PlaneOrder };
    }

    /// <summary>The size of the last sub held, else of the telescope's last one ever, else of the sensor as the telescope tells it, else of its model.</summary>
    private CameraGeometry SubGeometry()
    {
        var (known, model, seen) = (Telescope.Record, Telescope.Model, Telescope.Session.Snapshot.Telescope);
        var size = Telescope.Session.Frames.NewestSubDetails?.Size
            ?? (known.SubWidth > 0 ? (known.SubWidth, known.SubHeight) : null as (int Width, int Height)?)
            ?? seen.SensorSize ?? (model.SensorWidth, model.SensorHeight);
        return CameraGeometry.OfSubs(Format, size, model.PixelSizeOf(size.Width), seen.Phase ?? BayerPhase.Grbg, Order);
    }

    /// <summary>The size of the wide camera's last picture held, else of its model.</summary>
    private CameraGeometry WideGeometry()
    {
        var wide = Telescope.Model.Wide ?? TelescopeModel.Of(Telescope.Record.Model).Wide ?? throw DriverException.InvalidOperation($"A {Telescope.Model.Name} has no wide camera.");
        var size = Telescope.Session.Wide.Frames.NewestSubDetails?.Size ?? (wide.Width, wide.Height);
        return CameraGeometry.OfSubs(Format, size, wide.PixelSize * wide.Width / size.Width, wide.Phase, Order);
    }

    private SubPhase Order => Telescope.Record.Choices.SubPhase ?? options.SubPhase;
}
