using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Live;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Tests.Support;

namespace SeestarAlpaca.Tests.Live;

public sealed class StackHeaderTests
{
    private static readonly string[] PlacesOnEarth = ["SITELAT", "SITELONG", "SITEELEV", "LAT-OBS", "LONG-OBS", "ALT-OBS", "OBSGEO-X", "OBSGEO-B", "OBSGEO-L"];

    private static readonly StackDetails Bare = new()
    {
        Sequence = 3,
        Epoch = 1,
        IsConfirmed = true,
        ReceivedAt = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero),
        ReceivedTimestamp = 0,
        TransferTime = TimeSpan.FromSeconds(1),
        Size = (2160, 3840),
    };

    [Fact]
    public void What_is_known_of_a_stack_is_in_its_header()
    {
        var header = Header(Bare with
        {
            Frames = 12,
            SubExposure = TimeSpan.FromSeconds(10),
            TargetName = "M 51",
            Gain = 80,
            LpFilter = true,
            TargetRaDec = (13.5, 47.1),
        });

        Assert.Equal("Seestar S50", header.GetString("INSTRUME"));
        Assert.Equal("Seestar S50 4ddb0535", header.GetString("TELESCOP"));
        Assert.Equal("M 51", header.GetString("OBJECT"));
        Assert.Equal(12, header.GetInteger("STACKCNT"));
        Assert.Equal(10, header.GetDouble("EXPTIME"));
        Assert.Equal(120, header.GetDouble("LIVETIME"));
        Assert.Equal(120, header.GetDouble("TOTALEXP"));
        Assert.Equal(80, header.GetInteger("GAIN"));
        Assert.Equal("LP", header.GetString("FILTER"));
        Assert.Equal(1.45, header.GetDouble("XPIXSZ"));
        Assert.Equal(250, header.GetDouble("FOCALLEN"));
        Assert.StartsWith("2026-02-03T04:05:06", header.GetString("DATE-END"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_unknown_is_left_out()
    {
        var header = Header(Bare);

        Assert.All(["OBJECT", "STACKCNT", "EXPTIME", "LIVETIME", "TOTALEXP", "GAIN", "FILTER"], keyword => Assert.Null(header.Find(keyword)));
    }

    [Fact]
    public void The_owners_position_is_never_in_it() => Assert.All(PlacesOnEarth, keyword => Assert.Null(Header(Bare).Find(keyword)));

    [Theory]
    [InlineData("Crab Nebula — M 1 'the Crab'")]
    [InlineData("猎户座大星云")]
    [InlineData("a name that is much longer than the eighty characters that one line of a header holds, and then some")]
    public void Any_name_of_a_target_makes_a_header(string target) => Assert.NotNull(Header(Bare with { TargetName = target }).GetString("OBJECT"));

    /// <summary>The header as somebody reads it in the file.</summary>
    private static FitsHeader Header(StackDetails stack)
    {
        using var telescope = KnownTelescopes.Idle();
        using var image = new Imaging.Images.RgbImage(4, 2);
        image.Writable.Clear();
        using var file = new MemoryStream();
        FitsWriter.Write(file, image, StackHeader.Cards(telescope, stack));
        file.Position = 0;
        return FitsReader.Read(file).Header;
    }
}
