using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Simulator.Images;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Tests.Images;

/// <summary>
/// The writers reproduce the golden messages (<c>seestar-protocol.md</c> §10). Deflate bits are free, so those of the golden archive
/// are put in, and everything round them has to come out the same.
/// </summary>
public sealed class GoldenFrameTests
{
    private static readonly DateTimeOffset Stamp = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ushort[] Bayer = [0x1000, 0x2000, 0x1010, 0x2010, 0x3000, 0x1020, 0x3010, 0xFFE0];
    private static readonly ushort[] Rgb = [0x0102, 0x0304, 0x0506, 0x1112, 0x1314, 0x1516, 0x2122, 0x2324, 0x2526, 0xFFE0, 0x8000, 0x0001];

    [Theory]
    [InlineData("01-ack-server-connected.bin", "server connected!", PayloadForm.Text, 2)]
    [InlineData("05-no-image-now.bin", "there is no image now", PayloadForm.TextError, 23)]
    public async Task A_text_is_the_golden_message(string file, string text, PayloadForm form, byte id) =>
        Assert.Equal(Golden(file), await BytesAsync(Frame.Text(text, form, id)));

    [Fact]
    public async Task A_raw_preview_is_the_golden_message() =>
        Assert.Equal(Golden("02-preview-4x2-raw.bin"), await BytesAsync(Frame.Raw(Preview(), 675, 21)));

    [Fact]
    public async Task A_raw_preview_in_small_pieces_is_the_golden_message() =>
        Assert.Equal(Golden("02-preview-4x2-raw.bin"), await BytesAsync(Frame.Raw(Preview(), 675, 21), new Random(1)));

    [Theory]
    [InlineData("03-stacked-2x2-zip.bin", 0, ZipLayout.Descriptor16)]
    [InlineData("07-stacked-2x2-zip64-descriptor.bin", 20, ZipLayout.Zip64)]
    public async Task A_stack_in_an_archive_is_the_golden_message(string file, int extra, ZipLayout layout)
    {
        var golden = Golden(file);
        var entry = Entry(golden, extra, MemoryMarshal.AsBytes<ushort>(Rgb).ToArray());
        var stack = new RgbImage(2, 2);
        Rgb.CopyTo(stack.Writable);

        Assert.Equal(golden, await BytesAsync(Frame.Zip(stack, entry, Stamp, layout, 525, 23)));
    }

    [Fact]
    public async Task A_sub_in_an_archive_is_the_golden_message()
    {
        var golden = Golden("06-preview-4x2-zip.bin");
        var entry = Entry(golden, 0, MemoryMarshal.AsBytes<ushort>(Bayer).ToArray());

        Assert.Equal(golden, await BytesAsync(Frame.Zip(Preview(), entry, Stamp, ZipLayout.Descriptor16, 675, 20)));
    }

    [Fact]
    public void Our_own_deflate_has_the_checksum_and_length_of_the_golden_archive()
    {
        var golden = Golden("03-stacked-2x2-zip.bin").AsSpan();
        var descriptor = golden[golden.IndexOf("PK\a\b"u8)..];

        var entry = DeflatedSamples.Of(Rgb);

        Assert.Equal(BinaryPrimitives.ReadUInt32LittleEndian(descriptor[4..]), entry.Crc);
        Assert.Equal(24, entry.RawLength);
    }

    private static BayerImage Preview()
    {
        var image = new BayerImage(4, 2, BayerPhase.Grbg);
        Bayer.CopyTo(image.Writable);
        return image;
    }

    /// <summary>The deflated data of a golden archive: between the local header and the descriptor.</summary>
    private static DeflatedSamples Entry(byte[] golden, int extra, byte[] raw)
    {
        var start = FrameHeader.Length + 38 + extra;
        var end = golden.AsSpan().IndexOf("PK\a\b"u8);
        return new DeflatedSamples(golden.AsMemory(start, end - start), Imaging.Checksums.Crc32.Of(raw), raw.Length);
    }

    private static byte[] Golden(string file) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", file));

    /// <summary>What a frame is on the wire.</summary>
    private static async Task<byte[]> BytesAsync(Frame frame, Random? random = null)
    {
        var token = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, token);
        using var socket = await listener.AcceptSocketAsync(token);

        await new FrameWriter(new PieceWriter(socket, random)).WriteAsync(frame, token);
        socket.Shutdown(SocketShutdown.Send);

        var bytes = new MemoryStream();
        await client.GetStream().CopyToAsync(bytes, token);
        return bytes.ToArray();
    }
}
