using SeestarAlpaca.Imaging.Jpeg;
using SeestarAlpaca.Imaging.Pictures;
using SeestarAlpaca.Imaging.Tests.Programs;

namespace SeestarAlpaca.Imaging.Tests.Jpeg;

public sealed class JpegEncoderTests
{
    public static TheoryData<int, JpegSampling, int> Qualities => new()
    {
        { 20, JpegSampling.Half, 3 }, { 75, JpegSampling.Half, 3 }, { 85, JpegSampling.Half, 3 }, { 100, JpegSampling.Half, 3 },
        { 20, JpegSampling.Full, 3 }, { 75, JpegSampling.Full, 3 }, { 85, JpegSampling.Full, 3 }, { 100, JpegSampling.Full, 3 },
        { 1, JpegSampling.Full, 3 }, { 85, JpegSampling.Half, 1 }, { 100, JpegSampling.Full, 1 },
    };

    [Theory]
    [MemberData(nameof(Qualities))]
    public async Task Pictures_are_as_good_and_as_large_as_those_of_cjpeg(int quality, JpegSampling sampling, int samplesPerPixel)
    {
        var image = TestPictures.Starry(341, 227, samplesPerPixel, new Random(quality));
        string[] sampled = samplesPerPixel == 1 ? [] : ["-sample", sampling == JpegSampling.Half ? "2x2" : "1x1"];

        var ours = Encode(image, quality, sampling);
        var theirs = await OtherProgram.RunAsync("cjpeg", ["-quality", $"{quality}", "-baseline", .. sampled], TestPictures.Pnm(image));

        Assert.True(await PsnrAsync(image, ours) > await PsnrAsync(image, theirs) - 0.3);
        Assert.InRange(ours.Length, 0.98 * theirs.Length, 1.02 * theirs.Length);
    }

    [Theory]
    [InlineData(1, 1, 3, JpegSampling.Half)]
    [InlineData(1, 1, 1, JpegSampling.Half)]
    [InlineData(8, 8, 3, JpegSampling.Full)]
    [InlineData(16, 16, 3, JpegSampling.Half)]
    [InlineData(17, 9, 3, JpegSampling.Half)]
    [InlineData(9, 17, 3, JpegSampling.Full)]
    [InlineData(3, 100, 1, JpegSampling.Full)]
    [InlineData(250, 301, 3, JpegSampling.Half)]
    public async Task Noise_of_any_size_is_decoded_without_a_warning_and_near_what_it_was(int width, int height, int samplesPerPixel, JpegSampling sampling)
    {
        var image = TestPictures.Noise(width, height, samplesPerPixel, new Random(width));

        var file = Encode(image, 100, sampling);

        var least = sampling == JpegSampling.Full || samplesPerPixel == 1 ? 45 : 9;
        Assert.True(await PsnrAsync(image, file) > least);
    }

    [Fact]
    public async Task Another_decoder_reads_the_same_picture()
    {
        var image = TestPictures.Starry(200, 150, 3, new Random(7));

        var file = Encode(image, 95, JpegSampling.Full);

        var samples = await OtherProgram.RunAsync(
            "ffmpeg", ["-v", "error", "-f", "mjpeg", "-i", "pipe:0", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"], file);
        Assert.True(TestPictures.Psnr(image.Samples.Span, samples) > 36);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_quality_that_there_is_not_is_refused(int quality)
    {
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => new JpegEncoder(quality));

        Assert.Contains("from 1 to 100", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_too_long_for_the_format_is_refused_before_anything_is_written()
    {
        using var stream = new MemoryStream();

        Assert.Throws<ArgumentException>(() => new JpegEncoder().Encode(new Image8(65536, 1, 1, new byte[65536]), stream));

        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void The_encoder_says_what_it_makes_and_leaves_the_stream_open()
    {
        var encoder = new JpegEncoder();
        using var stream = new MemoryStream();

        encoder.Encode(new Image8(1, 1, 1, [7]), stream);

        Assert.True(stream.CanWrite);
        Assert.Equal(("image/jpeg", "jpg"), (encoder.MediaType, encoder.FileExtension));
    }

    private static byte[] Encode(Image8 image, int quality, JpegSampling sampling)
    {
        using var stream = new MemoryStream();
        new JpegEncoder(quality, sampling).Encode(image, stream);
        return stream.ToArray();
    }

    private static async Task<double> PsnrAsync(Image8 image, byte[] file)
    {
        var decoded = await OtherProgram.RunAsync("djpeg", ["-pnm"], file);
        return TestPictures.Psnr(image.Samples.Span, TestPictures.Samples(decoded, image));
    }
}
