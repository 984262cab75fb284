using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Tests.Telescopes;

public sealed class TelescopeModelTests
{
    [Theory]
    [InlineData("Seestar S50", "IMX462", 1080, 1920, 250)]
    [InlineData("Seestar S30", "IMX662", 1080, 1920, 150)]
    [InlineData("Seestar S30 Pro", "IMX585", 2160, 3840, 160)]
    [InlineData("Seestar S70", "", 1080, 1920, 0)]
    [InlineData(null, "", 1080, 1920, 0)]
    public void A_models_constants_are_known_and_an_unknown_one_has_the_commonest(string? name, string sensor, int width, int height, double focalLength)
    {
        var model = TelescopeModel.Of(name);

        Assert.Equal((sensor, width, height, 2.9, focalLength), (model.Sensor, model.SensorWidth, model.SensorHeight, model.PixelSize, model.FocalLength));
    }

    [Fact]
    public void A_stack_of_twice_the_width_has_pixels_of_half_the_size() => Assert.Equal(1.45, TelescopeModel.Of("Seestar S50").PixelSizeOf(2160), 6);
}
