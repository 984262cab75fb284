using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Tests.Images;

public class FrameDecoderTests
{
    private static readonly ushort[] FourSamples = [0x0102, 0x0304, 0xFFE0, 0];
    private static readonly ushort[] TwelveSamples = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<FrameKind, PayloadForm> EveryWay =>
        [.. from kind in new[] { FrameKind.Single, FrameKind.Stacked, (FrameKind)9 } from form in new[] { PayloadForm.Raw, PayloadForm.Zip } select (kind, form)];

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task One_sample_for_each_pixel_is_Bayer_data_whatever_the_frame_is_called(FrameKind kind, PayloadForm form)
    {
        using var image = await DecodeAsync(kind, form, 2, 2, FourSamples);

        Assert.Equal("bayer 2x2: 0102 0304 FFE0 0000", Messages.Tell(image));
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task Three_samples_for_each_pixel_are_RGB_whatever_the_frame_is_called(FrameKind kind, PayloadForm form)
    {
        using var image = await DecodeAsync(kind, form, 2, 2, TwelveSamples);

        Assert.Equal("rgb 2x2: 0001 0002 0003 0004 0005 0006 0007 0008 0009 000A 000B 000C", Messages.Tell(image));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(11)]
    public async Task Another_number_of_samples_is_no_picture(int samples)
    {
        foreach (var form in new[] { PayloadForm.Raw, PayloadForm.Zip })
        {
            foreach (var kind in new[] { FrameKind.Single, FrameKind.Stacked })
            {
                var exception = await Assert.ThrowsAsync<InvalidDataException>(() => DecodeAsync(kind, form, 2, 2, TwelveSamples[..samples]));

                Assert.Contains($"has {samples * 2} bytes; 8 (Bayer) or 24 (RGB) are right", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task An_odd_number_of_bytes_is_no_picture()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => DecodeAsync(PayloadForm.Raw, new byte[9]));
    }

    [Fact]
    public async Task A_ZIP_that_inflates_to_far_more_than_the_picture_is_given_up_at_its_size()
    {
        var bomb = new ZipBytes(new byte[10_000_000]).Build();

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => DecodeAsync(PayloadForm.Zip, bomb));

        Assert.Contains("has more than 24 bytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_form_of_payload_is_refused_by_its_number()
    {
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => DecodeAsync((PayloadForm)4, FrameBytes.Samples(FourSamples)));

        Assert.Contains("payload form 4", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deflate_stream_that_stops_early_is_damaged()
    {
        var payload = new ZipBytes(FrameBytes.Samples(TwelveSamples)) { Missing = 4 }.Build();

        await Assert.ThrowsAsync<InvalidDataException>(() => DecodeAsync(PayloadForm.Zip, payload));
    }

    [Fact]
    public async Task A_wrong_checksum_is_damaged()
    {
        var payload = new ZipBytes(FrameBytes.Samples(FourSamples)) { Crc = 0x12345678 }.Build();

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => DecodeAsync(PayloadForm.Zip, payload));

        Assert.Contains("its directory says 12345678", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_size_in_the_directory_is_damaged()
    {
        var payload = new ZipBytes(FrameBytes.Samples(FourSamples)) { Size = 9 }.Build();

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => DecodeAsync(PayloadForm.Zip, payload));

        Assert.Contains("inflates to 8 bytes; its directory says 9", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ZIP64_archive_is_read_by_its_own_records()
    {
        var payload = new ZipBytes(FrameBytes.Samples(FourSamples)) { Zip64 = true }.Build();

        using var image = await DecodeAsync(PayloadForm.Zip, payload);

        Assert.Equal("bayer 2x2: 0102 0304 FFE0 0000", Messages.Tell(image));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(10_000UL)]
    [InlineData((ulong)long.MaxValue)]
    [InlineData(ulong.MaxValue)]
    public async Task A_ZIP64_record_that_points_elsewhere_is_damaged(ulong offset)
    {
        var payload = new ZipBytes(FrameBytes.Samples(FourSamples)) { Zip64 = true, End64Offset = offset }.Build();

        await Assert.ThrowsAsync<InvalidDataException>(() => DecodeAsync(PayloadForm.Zip, payload));
    }

    [Theory]
    [InlineData(0, 8, "packed by method 0; only 8 (deflate) is known")]
    [InlineData(12, 8, "packed by method 12")]
    [InlineData(8, 9, "encrypted")]
    public async Task What_no_telescope_packs_is_refused_by_name(ushort method, ushort flags, string complaint)
    {
        var payload = new ZipBytes(FrameBytes.Samples(FourSamples)) { Method = method, Flags = flags }.Build();

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => DecodeAsync(PayloadForm.Zip, payload));

        Assert.Contains(complaint, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task An_archive_of_more_or_less_than_one_entry_is_refused(ushort entries)
    {
        var payload = new ZipBytes(FrameBytes.Samples(FourSamples)) { Entries = entries }.Build();

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => DecodeAsync(PayloadForm.Zip, payload));

        Assert.Contains($"has {entries} entries; a frame has one", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_without_its_end_is_damaged()
    {
        var payload = new ZipBytes(FrameBytes.Samples(FourSamples)).Build();

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => DecodeAsync(PayloadForm.Zip, payload[..^22]));

        Assert.Contains("no directory at its end", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("03-stacked-2x2-zip.bin")]
    [InlineData("07-stacked-2x2-zip64-descriptor.bin")]
    public async Task Any_single_wrong_byte_in_a_ZIP_is_damage_or_means_nothing_and_never_goes_unseen(string name)
    {
        var right = (await Messages.TellAsync(new MemoryStream(Resource.Bytes(name)), Token)).Single();
        for (var i = FrameHeader.Length; i < Resource.Bytes(name).Length; i++)
        {
            foreach (var flip in new byte[] { 0x01, 0x80, 0xFF })
            {
                var bytes = Resource.Bytes(name);
                bytes[i] ^= flip;

                var told = (await Messages.TellAsync(new MemoryStream(bytes), Token)).Single();

                Assert.True(told == right || told == "damaged", $"Byte {i} changed by {flip:X2}: {told}");
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_ZIP_cut_off_at_any_byte_is_damaged_and_the_next_message_is_read(bool zip64)
    {
        var whole = new ZipBytes(FrameBytes.Samples(TwelveSamples)) { Zip64 = zip64 }.Build();
        for (var length = 0; length < whole.Length; length++)
        {
            byte[] bytes =
            [
                .. FrameBytes.Picture(FrameKind.Stacked, PayloadForm.Zip, 23, 2, 2, whole[..length]),
                .. FrameBytes.Text("done", 21),
            ];

            Assert.Equal(["damaged", "text done"], await Messages.TellAsync(new MemoryStream(bytes), Token));
        }
    }

    [Fact]
    public async Task After_every_kind_of_damage_the_connection_is_in_step_again()
    {
        var content = FrameBytes.Samples(FourSamples);
        byte[][] damaged =
        [
            new ZipBytes(content) { Crc = 1 }.Build(),
            new ZipBytes(content) { Method = 0 }.Build(),
            new ZipBytes(new byte[100_000]).Build(),
            [.. new ZipBytes(content).Build().AsSpan(0, 40), .. new byte[5000]],
            "no ZIP at all, only words that go on for a while"u8.ToArray(),
        ];
        byte[] bytes = [.. damaged.SelectMany(payload => FrameBytes.Picture(FrameKind.Stacked, PayloadForm.Zip, 23, 2, 2, payload)), .. FrameBytes.Stack(1, 1, 1)];

        var told = await Feed.InPiecesAsync(bytes, 64, stream => Messages.TellAsync(stream, Token), Token);

        Assert.Equal([.. Enumerable.Repeat("damaged", damaged.Length), "rgb 1x1: 0001 0001 0001"], told);
    }

    [Fact]
    public async Task A_damaged_picture_gives_its_memory_back()
    {
        var pool = new PixelPool(retained: 0);
        var payload = new ZipBytes(FrameBytes.Samples(FourSamples)) { Crc = 1 }.Build();

        await Assert.ThrowsAsync<InvalidDataException>(() => DecodeAsync(FrameKind.Single, PayloadForm.Zip, 2, 2, payload, pool));

        Assert.Equal(0, pool.SamplesHeld);
    }

    [Fact]
    public async Task A_picture_that_turns_out_to_be_of_the_other_kind_holds_no_more_memory_than_its_own()
    {
        var pool = new PixelPool(retained: 0);

        using var image = await DecodeAsync(FrameKind.Single, PayloadForm.Raw, 2, 2, FrameBytes.Samples(TwelveSamples), pool);

        Assert.Equal(12, pool.SamplesHeld);
    }

    [Fact]
    public async Task A_whole_stack_of_4K_is_decoded_as_it_was_packed()
    {
        var samples = new ushort[2160 * 3840 * 3];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (ushort)((i * 2654435761L) >> 20);
        }

        var payload = new ZipBytes(FrameBytes.Samples(samples)).Build();
        using var image = await DecodeAsync(FrameKind.Stacked, PayloadForm.Zip, 2160, 3840, payload, null);

        Assert.True(image.Samples.SequenceEqual(samples));
    }

    private static Task<Image16> DecodeAsync(FrameKind kind, PayloadForm form, int width, int height, ushort[] samples)
    {
        var content = FrameBytes.Samples(samples);
        return DecodeAsync(kind, form, width, height, form == PayloadForm.Zip ? new ZipBytes(content).Build() : content, null);
    }

    private static Task<Image16> DecodeAsync(PayloadForm form, byte[] payload) => DecodeAsync(FrameKind.Stacked, form, 2, 2, payload, null);

    private static Task<Image16> DecodeAsync(FrameKind kind, PayloadForm form, int width, int height, byte[] payload, PixelPool? pool)
    {
        var header = new FrameHeader(payload.Length, kind, form, 23, width, height, false, 1);
        return new FrameDecoder(pool)
            .DecodeAsync(header, new PayloadStream(new MemoryStream(payload), payload.Length), BayerPhase.Grbg, Token)
            .AsTask();
    }
}
