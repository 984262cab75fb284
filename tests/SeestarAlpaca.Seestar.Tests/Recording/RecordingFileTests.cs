using System.Text;
using SeestarAlpaca.Seestar.Recording;

namespace SeestarAlpaca.Seestar.Tests.Recording;

public sealed class RecordingFileTests : IDisposable
{
    private readonly RecordingFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_head_is_28_bytes_little_endian()
    {
        var bytes = new byte[RecordHead.Size];

        RecordHead.For(RecordKind.TelescopeLine, 0x01020304, TimeSpan.FromMicroseconds(0x0A0B0C), "{}"u8, 2).Write(bytes);

        Assert.Equal("5204000004030201" + "0C0B0A0000000000" + "0200000002000000", Convert.ToHexString(bytes[..24]));
        Assert.Equal(Imaging.Checksums.Crc32.Of([.. bytes[..24], .. "{}"u8]), BitConverter.ToUInt32(bytes, 24));
    }

    [Theory]
    [InlineData(0, 0x00)] // no R
    [InlineData(1, 0x00)] // no kind
    [InlineData(1, 0x0B)] // a kind that there is not
    [InlineData(2, 0x01)]
    [InlineData(15, 0x80)] // a time before the beginning
    [InlineData(15, 0x7F)] // a time in the far future
    [InlineData(19, 0x01)] // more than 4 MiB
    [InlineData(16, 0x03)] // more stored than it stands for
    public void What_is_no_head_is_refused(int at, byte value)
    {
        var bytes = new byte[RecordHead.Size];
        RecordHead.For(RecordKind.ClientLine, 1, TimeSpan.FromSeconds(1), "{}"u8, 2).Write(bytes);
        bytes[at] = value;

        Assert.Throws<InvalidDataException>(() => RecordHead.Parse(bytes));
    }

    [Fact]
    public async Task What_was_written_is_read()
    {
        var samples = new byte[60_000];
        await File.WriteAllBytesAsync(
            _folder.File(),
            await ReadRecord.WriteAsync(
                (RecordKind.Opened, 1, TimeSpan.FromSeconds(1), "{\"port\":\"image\",\"telescope\":2}"u8.ToArray(), false),
                (RecordKind.FrameData, 1, TimeSpan.FromMicroseconds(1_000_001), samples, true),
                (RecordKind.Closed, 1, TimeSpan.FromHours(12), [], false)),
            Token);

        var records = ReadRecord.All(_folder.File());

        Assert.Equal([RecordKind.Start, RecordKind.Opened, RecordKind.FrameData, RecordKind.Closed], records.Select(record => record.Kind));
        Assert.Equal(new OpenedConnection(RecordedPort.Image, 2), OpenedConnection.Parse(records[1].Payload));
        Assert.Equal(samples, records[2].Payload);
        Assert.Equal(TimeSpan.FromMicroseconds(1_000_001), records[2].Time);
        Assert.Equal(TimeSpan.FromHours(12), records[3].Time);
        Assert.True(new FileInfo(_folder.File()).Length < 1000);
    }

    [Fact]
    public async Task A_file_that_was_cut_off_anywhere_is_read_up_to_its_last_whole_record()
    {
        var whole = await ReadRecord.WriteAsync(
            (RecordKind.TelescopeLine, 1, TimeSpan.Zero, "{\"a\":1}"u8.ToArray(), false), (RecordKind.TelescopeLine, 1, TimeSpan.Zero, "{\"b\":2}"u8.ToArray(), false));
        var second = whole.Length - RecordHead.Size - 7;
        var first = second - RecordHead.Size - 7;

        for (var length = first; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(_folder.File(), whole[..length], Token);

            Assert.Equal(length < second ? 1 : 2, ReadRecord.All(_folder.File()).Count);
        }
    }

    [Fact]
    public async Task Damage_anywhere_is_told_with_its_place()
    {
        var whole = await ReadRecord.WriteAsync((RecordKind.TelescopeLine, 1, TimeSpan.Zero, "{\"a\":1}"u8.ToArray(), false));
        var record = whole.Length - RecordHead.Size - 7;

        for (var at = record; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x01;
            await File.WriteAllBytesAsync(_folder.File(), damaged, Token);

            // A length that became larger reaches beyond the file's end, as in one that was cut off.
            if (at - record is not (>= 16 and < 24))
            {
                var told = Assert.Throws<InvalidDataException>(() => ReadRecord.All(_folder.File()));
                Assert.Contains($"damaged at byte {record}", told.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_payload_that_inflates_to_less_than_it_says_is_damage()
    {
        var bytes = await ReadRecord.WriteAsync((RecordKind.FrameData, 1, TimeSpan.Zero, new byte[5000], true));
        var stored = BitConverter.ToInt32(bytes, bytes.Length - 28 - DeflatedLength(bytes) + 16);
        var payload = bytes[^stored..];
        RecordHead.For(RecordKind.FrameData, 1, TimeSpan.Zero, payload, 6000).Write(bytes.AsSpan(bytes.Length - stored - RecordHead.Size));
        await File.WriteAllBytesAsync(_folder.File(), bytes, Token);

        Assert.Throws<InvalidDataException>(() => ReadRecord.All(_folder.File()));
    }

    [Theory]
    [InlineData("{\"Event\":\"Version\"}")]
    [InlineData("")]
    public async Task Another_file_is_no_recording(string content)
    {
        await File.WriteAllTextAsync(_folder.File(), content, Token);

        Assert.False(RecordingFile.IsRecording(_folder.File()));
        Assert.Contains("is no recording", Assert.Throws<InvalidDataException>(() => RecordingFile.Open(_folder.File())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"format\":2}", "newer program")]
    [InlineData("{\"format\":\"1\"}", "newer program")]
    [InlineData("{}", "newer program")]
    [InlineData("not json", "does not say its format")]
    [InlineData("[1]", "does not say its format")]
    public async Task A_recording_of_another_version_or_none_is_refused_and_let_go(string begin, string told)
    {
        var bytes = await ReadRecord.WriteAsync();
        var start = Encoding.ASCII.GetBytes(begin);
        var head = new byte[RecordHead.Size];
        RecordHead.For(RecordKind.Start, 0, TimeSpan.Zero, start, start.Length).Write(head);
        await File.WriteAllBytesAsync(_folder.File(), [.. bytes[..8], .. head, .. start], Token);

        var refusal = Assert.Throws<InvalidDataException>(() => RecordingFile.Open(_folder.File()));

        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
        using var alone = new FileStream(_folder.File(), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    public void Dispose() => _folder.Dispose();

    private static int DeflatedLength(byte[] bytes)
    {
        // The head of the last record is where its stored length says that the file ends.
        for (var at = bytes.Length - RecordHead.Size - 1; at >= 0; at--)
        {
            if (bytes[at] == 'R' && bytes[at + 1] == (byte)RecordKind.FrameData && at + RecordHead.Size + BitConverter.ToInt32(bytes, at + 16) == bytes.Length)
            {
                return bytes.Length - at - RecordHead.Size;
            }
        }

        throw new InvalidOperationException("There is no such record.");
    }
}
