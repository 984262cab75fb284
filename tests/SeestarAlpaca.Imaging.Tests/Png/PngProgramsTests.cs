using System.IO.Compression;
using SeestarAlpaca.Imaging.Png;
using SeestarAlpaca.Imaging.Tests.Programs;

namespace SeestarAlpaca.Imaging.Tests.Png;

/// <summary>Our PNG files as programs see them that are not ours.</summary>
public sealed class PngProgramsTests
{
    [Theory]
    [InlineData("mono", 1, 1)]
    [InlineData("rgb", 301, 199)]
    [InlineData("bayer", 300, 200)]
    public async Task All_16_bits_are_read_as_they_were(string type, int width, int height)
    {
        using var image = TestPictures.Linear(type, width, height);
        using var folder = new ScratchFolder();
        var path = folder.Write("picture.png", stream => new PngEncoder(CompressionLevel.Optimal).Encode(image, stream));

        var verdict = await OtherProgram.TextAsync("pngcheck", path);
        var samples = await OtherProgram.RunAsync("ffmpeg", ["-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", type == "rgb" ? "rgb48le" : "gray16le", "pipe:1"]);

        Assert.StartsWith("OK: ", verdict, StringComparison.Ordinal);
        Assert.Contains(type == "rgb" ? "48-bit RGB" : "16-bit grayscale", verdict, StringComparison.Ordinal);
        Assert.Equal(TestPictures.LittleEndian(image), samples);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public async Task Pictures_of_8_bits_are_read_as_they_were(int samplesPerPixel)
    {
        var image = TestPictures.Starry(333, 222, samplesPerPixel, new Random(6));
        using var folder = new ScratchFolder();
        var path = folder.Write("picture.png", stream => new PngEncoder().Encode(image, stream));

        var verdict = await OtherProgram.TextAsync("pngcheck", path);
        var samples = await OtherProgram.RunAsync("ffmpeg", ["-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", samplesPerPixel == 3 ? "rgb24" : "gray", "pipe:1"]);

        Assert.StartsWith("OK: ", verdict, StringComparison.Ordinal);
        Assert.Equal(image.Samples.ToArray(), samples);
    }
}
