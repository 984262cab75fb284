using System.IO.Compression;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Pictures;
using SeestarAlpaca.Imaging.Png;
using SeestarAlpaca.Imaging.Tests.Images;

namespace SeestarAlpaca.Imaging.Tests.Png;

public sealed class PngEncoderTests
{
    public static TheoryData<int, int, int, CompressionLevel> Shapes => new()
    {
        { 1, 1, 1, CompressionLevel.Fastest },
        { 1, 1, 3, CompressionLevel.Fastest },
        { 7, 5, 3, CompressionLevel.Optimal },
        { 5, 7, 1, CompressionLevel.NoCompression },
        { 300, 200, 3, CompressionLevel.Fastest },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Pictures_of_8_bits_come_out_as_they_went_in(int width, int height, int samplesPerPixel, CompressionLevel level)
    {
        var samples = new byte[width * height * samplesPerPixel];
        new Random(8).NextBytes(samples);
        using var stream = new MemoryStream();

        new PngEncoder(level).Encode(new Image8(width, height, samplesPerPixel, samples), stream);

        var png = PngFile.Read(stream.ToArray());
        Assert.Equal((width, height, 8, samplesPerPixel), (png.Width, png.Height, png.BitsPerSample, png.SamplesPerPixel));
        Assert.Equal(samples, png.Samples);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Pictures_of_16_bits_come_out_as_they_went_in(int width, int height, int samplesPerPixel, CompressionLevel level)
    {
        using Image16 image = samplesPerPixel == 1
            ? TestImages.Random(new BayerImage(width, height, BayerPhase.Grbg), new Random(16))
            : TestImages.Random(new RgbImage(width, height), new Random(16));
        using var stream = new MemoryStream();

        new PngEncoder(level).Encode(image, stream);

        var png = PngFile.Read(stream.ToArray());
        Assert.Equal((width, height, 16, samplesPerPixel), (png.Width, png.Height, png.BitsPerSample, png.SamplesPerPixel));
        Assert.Equal(image.Samples.ToArray().SelectMany(v => new[] { (byte)(v >> 8), (byte)v }), png.Samples);
    }

    [Fact]
    public void Much_data_goes_out_in_chunks_of_64_KiB()
    {
        var samples = new byte[400 * 400];
        new Random(64).NextBytes(samples);
        using var stream = new MemoryStream();

        new PngEncoder().Encode(new Image8(400, 400, 1, samples), stream);

        var png = PngFile.Read(stream.ToArray());
        Assert.Equal(65536, png.DataLengths[0]);
        Assert.Equal(65536, png.DataLengths[1]);
        Assert.InRange(png.DataLengths[2], 1, 65535);
        Assert.Equal(3, png.DataLengths.Count);
    }

    [Fact]
    public void A_noisy_sky_is_compressed_even_at_the_fastest_level()
    {
        using var stream = new MemoryStream();

        new PngEncoder().Encode(Programs.TestPictures.Starry(500, 400, 3, new Random(1)), stream);

        Assert.InRange(stream.Length, 1, 0.85 * 500 * 400 * 3);
    }

    [Fact]
    public void The_stream_stays_open()
    {
        using var stream = new MemoryStream();

        new PngEncoder().Encode(new Image8(1, 1, 1, [7]), stream);

        Assert.True(stream.CanWrite);
    }

    [Fact]
    public void The_encoder_says_what_it_makes()
    {
        var encoder = new PngEncoder();

        Assert.IsType<IPictureEncoder>(encoder, exactMatch: false);
        Assert.Equal(("image/png", "png"), (encoder.MediaType, encoder.FileExtension));
    }
}
