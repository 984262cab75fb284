using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Tests.Support;

/// <summary>Telescopes that the server knows, as tests want them.</summary>
internal static class KnownTelescopes
{
    /// <summary>The record of an S50, its last stack of a given size.</summary>
    public static TelescopeRecord Record(int stackWidth = 0, int stackHeight = 0, string? address = "192.168.1.20", string? model = "Seestar S50") => new()
    {
        Id = Guid.NewGuid(),
        Serial = "4ddb0535",
        Model = model,
        Address = address,
        StackWidth = stackWidth,
        StackHeight = stackHeight,
        Cameras =
        [
            new CameraRecord(CameraFormat.LiveStack, 0, Guid.NewGuid()),
            new CameraRecord(CameraFormat.LiveStackRgb, 1, Guid.NewGuid()),
            new CameraRecord(CameraFormat.Luminance, 2, Guid.NewGuid()),
            new CameraRecord(CameraFormat.LatestSub, 3, Guid.NewGuid()),
            new CameraRecord(CameraFormat.Wide, 4, Guid.NewGuid()),
        ],
    };

    /// <summary>A telescope whose session does not run.</summary>
    public static Telescope Idle(TelescopeRecord? record = null, TimeProvider? time = null, ITelescopeTransport? transport = null) => new(
        record ?? Record(),
        isSimulated: false,
        new SessionOptions(),
        _ => transport ?? throw new IOException("There is no network in this test."),
        new PixelPool(retained: 0),
        time ?? TimeProvider.System,
        new Random(1),
        NullLoggerFactory.Instance);
}
