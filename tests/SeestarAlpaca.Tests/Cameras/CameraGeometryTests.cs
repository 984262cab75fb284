using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Cameras;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Options;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Tests.Cameras;

public sealed class CameraGeometryTests
{
    [Theory]
    [InlineData("Seestar S50", 1080, 1920, MosaicRecipe.Auto, true, 2160, 3840, 1.45)]
    [InlineData("Seestar S50", 2160, 3840, MosaicRecipe.Auto, false, 2160, 3840, 1.45)]
    [InlineData("Seestar S30", 1080, 1920, MosaicRecipe.Auto, true, 2160, 3840, 1.45)]
    [InlineData("Seestar S30 Pro", 2160, 3840, MosaicRecipe.Auto, false, 2160, 3840, 2.9)]
    [InlineData("Seestar S30 Pro", 1080, 1920, MosaicRecipe.Auto, true, 2160, 3840, 2.9)]
    [InlineData(null, 1080, 1920, MosaicRecipe.Auto, true, 2160, 3840, 1.45)]

    // Canvases of mosaics: any size.
    [InlineData("Seestar S50", 1081, 1920, MosaicRecipe.Auto, false, 1081, 1920, 2.8973)]
    [InlineData("Seestar S50", 1080, 1921, MosaicRecipe.Auto, false, 1080, 1921, 2.9)]
    [InlineData("Seestar S50", 1547, 2731, MosaicRecipe.Auto, false, 1547, 2731, 2.0246)]
    [InlineData("Seestar S50", 539, 959, MosaicRecipe.Auto, true, 1078, 1918, 2.9054)]

    // Chosen by the user.
    [InlineData("Seestar S50", 1080, 1920, MosaicRecipe.SameSize, false, 1080, 1920, 2.9)]
    [InlineData("Seestar S50", 2160, 3840, MosaicRecipe.Lossless2X, true, 4320, 7680, 0.725)]
    public void A_stack_becomes_an_RGGB_camera(
        string? model, int width, int height, MosaicRecipe recipe, bool doubled, int cameraWidth, int cameraHeight, double pixel)
    {
        var geometry = CameraGeometry.OfStack(CameraFormat.LiveStack, width, height, TelescopeModel.Of(model), recipe);

        Assert.Equal((doubled, cameraWidth, cameraHeight), (geometry.IsDoubled, geometry.Width, geometry.Height));
        Assert.Equal(pixel, geometry.PixelSize, 4);
    }

    [Theory]
    [InlineData(MosaicRecipe.Auto)]
    [InlineData(MosaicRecipe.Lossless2X)]
    [InlineData(MosaicRecipe.SameSize)]
    public void The_RGB_camera_has_the_stacks_own_size_whatever_the_recipe(MosaicRecipe recipe)
    {
        var geometry = CameraGeometry.OfStack(CameraFormat.LiveStackRgb, 1080, 1920, TelescopeModel.Of("Seestar S50"), recipe);

        Assert.Equal((1080, 1920, 2.9), (geometry.Width, geometry.Height, geometry.PixelSize));
    }

    [Fact]
    public void A_stack_of_another_size_is_refused_with_a_remedy()
    {
        var geometry = CameraGeometry.OfStack(CameraFormat.LiveStack, 1080, 1920, TelescopeModel.Of("Seestar S50"), MosaicRecipe.Auto);

        geometry.RequireSourceSize((1080, 1920));
        var refused = Assert.Throws<DriverException>(() => geometry.RequireSourceSize((2160, 3840)));

        Assert.Equal((0x40B, "The stack is now 2160×3840; disconnect and connect the camera again."), (refused.Number, refused.Message));
    }
}
