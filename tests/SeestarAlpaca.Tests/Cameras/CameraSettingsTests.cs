using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Cameras;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Imaging.Geometry;

namespace SeestarAlpaca.Tests.Cameras;

public sealed class CameraSettingsTests
{
    private static readonly CameraGeometry Geometry = new(CameraFormat.LiveStackRgb, 1080, 1921, IsDoubled: false, 2.9);

    [Fact]
    public void The_whole_picture_at_bin_1_in_the_first_readout_mode_is_the_beginning() =>
        Assert.Equal(new CameraSettings(1, 0, 0, 1080, 1921, 0), CameraSettings.Initial(Geometry));

    [Theory]
    [InlineData(1, 0, 0, 1080, 1921)]
    [InlineData(2, 0, 0, 540, 960)]
    [InlineData(3, 0, 0, 360, 640)]
    [InlineData(4, 0, 0, 270, 480)]
    [InlineData(1, 1079, 1920, 1, 1)]
    [InlineData(2, 539, 0, 1, 960)]
    public void A_subframe_inside_the_picture_is_taken(int bin, int x, int y, int width, int height) =>
        Assert.Equal(new Subframe(bin, new PixelRectangle(x, y, width, height)), new CameraSettings(bin, x, y, width, height, 0).CheckedSubframe(Geometry));

    [Theory]
    [InlineData(1, 0, 0, 1081, 1)]
    [InlineData(1, 0, 0, 1, 1922)]
    [InlineData(2, 0, 0, 1, 961)]
    [InlineData(1, 1, 0, 1080, 1)]
    [InlineData(1, 0, 0, 0, 1)]
    [InlineData(1, 0, 0, 1, -1)]
    [InlineData(1, -1, 0, 1, 1)]
    [InlineData(1, 0, -1, 1, 1)]
    [InlineData(1, int.MaxValue, 0, int.MaxValue, 1)]
    [InlineData(1, 0, int.MaxValue, 1, int.MaxValue)]
    public void A_subframe_that_reaches_out_of_the_picture_is_an_invalid_value(int bin, int x, int y, int width, int height) =>
        Assert.Equal(
            0x401,
            Assert.Throws<DriverException>(() => new CameraSettings(bin, x, y, width, height, 0).CheckedSubframe(Geometry)).Number);

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(-1)]
    public void A_bin_that_there_is_not_is_an_invalid_value(int bin) =>
        Assert.Equal(0x401, Assert.Throws<DriverException>(() => CameraSettings.Initial(Geometry).WithBin(bin)).Number);

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void A_readout_mode_that_there_is_not_is_an_invalid_value(int mode) =>
        Assert.Equal(0x401, Assert.Throws<DriverException>(() => CameraSettings.Initial(Geometry).WithReadout(mode, ReadoutMode.Of(CameraFormat.LiveStackRgb))).Number);
}
