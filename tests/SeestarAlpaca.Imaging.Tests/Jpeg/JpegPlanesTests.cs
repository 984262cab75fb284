using SeestarAlpaca.Imaging.Jpeg;
using SeestarAlpaca.Imaging.Tests.Programs;

namespace SeestarAlpaca.Imaging.Tests.Jpeg;

public sealed class JpegPlanesTests
{
    [Fact]
    public void Pixels_taken_four_at_a_time_become_exactly_what_they_become_alone()
    {
        var bytes = new byte[3 * 1003];
        new Random(9).NextBytes(bytes);
        float[][] together = [new float[1003], new float[1003], new float[1003]];
        float[][] alone = [new float[1003], new float[1003], new float[1003]];

        JpegPlanes.Convert(bytes, together[0], together[1], together[2]);
        for (var i = 0; i < 1003; i++)
        {
            JpegPlanes.Convert(bytes.AsSpan(3 * i, 3), alone[0].AsSpan(i), alone[1].AsSpan(i), alone[2].AsSpan(i));
        }

        Assert.Equal(alone, together);
    }

    /// <summary>JFIF 1.02, page 3.</summary>
    [Theory]
    [InlineData(255, 255, 255, 255, 128, 128)]
    [InlineData(0, 0, 0, 0, 128, 128)]
    [InlineData(255, 0, 0, 76.245, 84.972, 255.5)]
    [InlineData(0, 255, 0, 149.685, 43.528, 21.235)]
    [InlineData(0, 0, 255, 29.07, 255.5, 107.265)]
    public void Colours_become_brightness_and_differences(byte red, byte green, byte blue, float y, float cb, float cr)
    {
        var planes = new float[3];

        JpegPlanes.Convert([red, green, blue], planes.AsSpan(0), planes.AsSpan(1), planes.AsSpan(2));

        Assert.Equal(y - 128, planes[0], 0.001f);
        Assert.Equal(cb - 128, planes[1], 0.001f);
        Assert.Equal(cr - 128, planes[2], 0.001f);
    }

    [Fact]
    public void The_last_column_and_row_go_on_beyond_the_edges()
    {
        var image = TestPictures.Noise(5, 3, 1, new Random(4));
        var planes = new JpegPlanes(image, 8);

        planes.Read(0);

        Assert.Equal(8, planes.Stride);
        Assert.All(Enumerable.Range(5, 3), x => Assert.Equal(image.Row(1)[4] - 128, planes.Planes[0][8 + x]));
        Assert.Equal(planes.Planes[0][16..24], planes.Planes[0][56..64]);
    }

    [Fact]
    public void Halving_takes_the_mean_of_four()
    {
        var image = TestPictures.Noise(16, 16, 3, new Random(5));
        var planes = new JpegPlanes(image, 16);
        planes.Read(0);
        var full = planes.Planes[1].ToArray();

        planes.Halve(1);

        for (var i = 0; i < 64; i++)
        {
            var corner = (32 * (i / 8)) + (2 * (i % 8));
            Assert.Equal((full[corner] + full[corner + 1] + full[corner + 16] + full[corner + 17]) / 4, planes.Planes[1][i], 1e-4f);
        }
    }
}
