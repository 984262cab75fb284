using System.Buffers.Binary;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Pictures;
using SeestarAlpaca.Imaging.Tests.Programs;
using SeestarAlpaca.Imaging.Tiff;

namespace SeestarAlpaca.Imaging.Tests.Tiff;

public sealed class TiffEncoderTests
{
    public static TheoryData<string, int, int> Shapes => new()
    {
        { "mono", 1, 1 }, { "rgb", 1, 1 }, { "rgb", 7, 5 }, { "bayer", 300, 200 }, { "rgb", 301, 199 }, { "mono", 40_000, 2 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_length_is_known_beforehand_and_strips_hold_the_pixels_in_order(string type, int width, int height)
    {
        using var image = TestPictures.Linear(type, width, height);

        var file = Encode(image);

        Assert.Equal(TiffEncoder.LengthOf(image), file.Length);
        Assert.Equal(TestPictures.LittleEndian(image), Strips(file));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Other_programs_read_the_same_pixels(string type, int width, int height)
    {
        using var image = TestPictures.Linear(type, width, height);
        using var folder = new ScratchFolder();
        var path = folder.Write("picture.tif", stream => new TiffEncoder().Encode(image, stream));

        var information = await OtherProgram.TextAsync("tiffinfo", path);
        var samples = await OtherProgram.RunAsync("ffmpeg", ["-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", type == "rgb" ? "rgb48le" : "gray16le", "pipe:1"]);

        Assert.Contains($"Image Width: {width} Image Length: {height}", information, StringComparison.Ordinal);
        Assert.Contains("Bits/Sample: 16", information, StringComparison.Ordinal);
        Assert.Contains("Sample Format: unsigned integer", information, StringComparison.Ordinal);
        Assert.Contains(type == "rgb" ? "RGB color" : "min-is-black", information, StringComparison.Ordinal);
        Assert.Equal(TestPictures.LittleEndian(image), samples);
    }

    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(33, 21, 3)]
    [InlineData(500, 300, 1)]
    public async Task Pictures_of_8_bits_come_out_as_they_went_in(int width, int height, int samplesPerPixel)
    {
        var image = TestPictures.Noise(width, height, samplesPerPixel, new Random(8));
        using var folder = new ScratchFolder();
        var path = folder.Write("picture.tif", stream => new TiffEncoder().Encode(image, stream));

        var information = await OtherProgram.TextAsync("tiffinfo", path);
        var samples = await OtherProgram.RunAsync("ffmpeg", ["-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", samplesPerPixel == 3 ? "rgb24" : "gray", "pipe:1"]);

        Assert.Contains("Bits/Sample: 8", information, StringComparison.Ordinal);
        Assert.Equal(TiffEncoder.LengthOf(image), new FileInfo(path).Length);
        Assert.Equal(image.Samples.ToArray(), samples);
    }

    [Fact]
    public void A_file_longer_than_the_format_can_tell_is_refused()
    {
        var layout = new TiffLayout(16384, 65536, 3, 16);

        Assert.True(layout.FileLength > uint.MaxValue);
    }

    [Fact]
    public void The_encoder_says_what_it_makes()
    {
        var encoder = new TiffEncoder();

        Assert.IsType<ILinearPictureEncoder>(encoder, exactMatch: false);
        Assert.Equal(("image/tiff", "tif"), (encoder.MediaType, encoder.FileExtension));
    }

    private static byte[] Encode(Image16 image)
    {
        using var stream = new MemoryStream();
        new TiffEncoder().Encode(image, stream);
        return stream.ToArray();
    }

    /// <summary>A second reading of TIFF 6.0: the bytes that the strip tags point to.</summary>
    private static byte[] Strips(byte[] file)
    {
        Assert.Equal("II*\0"u8, file.AsSpan(0, 4));
        var directory = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4));
        var entries = Enumerable.Range(0, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(directory)))
            .ToDictionary(i => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(directory + 2 + (12 * i))), i => directory + 2 + (12 * i));
        Assert.Equal(entries.Keys.Order(), entries.Keys);
        return [.. Longs(file, entries[273]).Zip(Longs(file, entries[279])).SelectMany(strip => file[strip.First..(strip.First + strip.Second)])];
    }

    private static int[] Longs(byte[] file, int entry)
    {
        Assert.Equal(4, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(entry + 2)));
        var count = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(entry + 4));
        var at = count == 1 ? entry + 8 : BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(entry + 8));
        return [.. Enumerable.Range(0, count).Select(i => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + (4 * i))))];
    }
}
