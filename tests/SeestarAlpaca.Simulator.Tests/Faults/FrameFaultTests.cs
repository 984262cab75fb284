using System.Buffers.Binary;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests.Faults;

/// <summary>Faults of the image port as they are on the wire.</summary>
public sealed class FrameFaultTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private SeestarSimulator _simulator = null!;
    private ImageClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await Start.SimulatorAsync(Start.Small with { StartStacking = true, Subs = 1 }, _clock);
        _clock.AdvanceUntil(() => _simulator.StackedFrame == 1);
        _client = await ImageClient.ConnectAsync(_simulator.ImageEndPoint);
    }

    [Fact]
    public async Task A_reset_comes_in_the_middle_of_the_payload()
    {
        _simulator.Faults.Inject("reset-mid-frame=at:0.25");

        var (header, _, fault) = await CutAsync();

        Assert.IsType<SocketException>(fault!.InnerException);
        Assert.Equal(SocketError.ConnectionReset, ((SocketException)fault.InnerException).SocketErrorCode);
        Assert.True(header.Length is 0 or 80);
    }

    [Fact]
    public async Task A_truncated_payload_ends_with_an_orderly_close()
    {
        _simulator.Faults.Inject("truncated-payload=at:0.25");

        var (header, payload, fault) = await CutAsync();

        Assert.Null(fault);
        Assert.Equal(Length(header) / 4, payload.Length);
    }

    [Fact]
    public async Task A_stall_sends_half_a_payload_and_keeps_the_connection()
    {
        _simulator.Faults.Inject("stall-mid-frame");
        await _client.SendAsync(23, "get_stacked_img");

        var header = await _client.ReadBytesAsync(80);
        await _client.ReadBytesAsync(Length(header) / 2);
        await _client.SendAsync(2, "test_connection");
        var more = _client.ReadBytesAsync(1);
        using var other = await ImageClient.ConnectAsync(_simulator.ImageEndPoint);
        var answer = await other.AskAsync(2, "test_connection");

        Assert.Equal("server connected!", answer.Text);
        Assert.False(more.IsCompleted);
    }

    [Fact]
    public async Task The_magic_can_be_wrong()
    {
        _simulator.Faults.Inject("wrong-magic");

        var frame = await _client.AskAsync(23, "get_stacked_img");

        Assert.Equal([0xDE, 0xAD], frame.Header[..2]);
        Assert.Equal(64 * 96 * 3, frame.Samples().Length);
    }

    [Fact]
    public async Task A_picture_can_have_no_payload()
    {
        _simulator.Faults.Inject("zero-length");

        var frame = await _client.AskAsync(23, "get_stacked_img");

        Assert.Equal((5, 64, 96, 0), (frame.Kind, frame.Width, frame.Height, frame.Payload.Length));
        await AssertGoodAsync();
    }

    [Theory]
    [InlineData("huge-length", 100_000_000)]
    [InlineData("huge-length=bytes:4294967295", 4_294_967_295)]
    public async Task A_header_can_announce_too_much(string fault, long announced)
    {
        _simulator.Faults.Inject(fault);
        await _client.SendAsync(23, "get_stacked_img");

        var header = await _client.ReadBytesAsync(80);

        Assert.Equal(announced, BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(6)));
        Assert.True(announced > 64 << 20);
    }

    [Fact]
    public async Task Width_and_height_can_be_zero_with_the_whole_payload()
    {
        _simulator.Faults.Inject("zero-size");

        var frame = await _client.AskAsync(23, "get_stacked_img");

        Assert.Equal((5, 0, 0), (frame.Kind, frame.Width, frame.Height));
        Assert.Equal(64 * 96 * 3, frame.Samples().Length);
    }

    [Fact]
    public async Task The_checksum_can_be_wrong_while_the_samples_are_right()
    {
        var good = await _client.AskAsync(23, "get_stacked_img");
        _simulator.Faults.Inject("wrong-crc");

        var frame = await _client.AskAsync(23, "get_stacked_img");

        Assert.Equal(good.Samples(), Inflate(frame));
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => DecodeAsync(frame));
        Assert.Contains("checksum", fault.Message, StringComparison.Ordinal);
        await AssertGoodAsync();
    }

    [Theory]
    [InlineData(ZipLayout.Descriptor16)]
    [InlineData(ZipLayout.Zip64)]
    [InlineData(ZipLayout.Descriptor12)]
    [InlineData(ZipLayout.Zip64Directory)]
    public async Task A_deflate_stream_can_end_too_early_in_an_archive_that_is_whole(ZipLayout layout)
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { StartStacking = true, Subs = 1, Unknowns = new Unknowns { Zip = layout } }, _clock);
        _clock.AdvanceUntil(() => simulator.StackedFrame == 1);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        var good = await client.AskAsync(23, "get_stacked_img");
        simulator.Faults.Inject("truncated-deflate");

        var frame = await client.AskAsync(23, "get_stacked_img");
        using var archive = new ZipArchive(new MemoryStream(frame.Payload));
        var entry = Assert.Single(archive.Entries);

        Assert.Equal(64 * 96 * 6, entry.Length);
        Assert.InRange(Inflate(frame).Length, 1, good.Samples().Length - 1);
        await Assert.ThrowsAsync<InvalidDataException>(() => DecodeAsync(frame));
    }

    [Fact]
    public async Task An_alert_can_come_between_two_frames()
    {
        const string Line = "{\"Event\":\"Alert\",\"Msg\":\"Exceed the maximum number of connections\"}\r\n";
        await AssertGoodAsync();
        _simulator.Faults.Inject("stray-alert");

        await _client.SendAsync(23, "get_stacked_img");
        var line = await _client.ReadBytesAsync(Line.Length);
        var frame = await _client.ReadAsync();

        Assert.Equal(Line, Encoding.ASCII.GetString(line));
        Assert.Equal((5, 64), (frame.Kind, frame.Width));
    }

    [Fact]
    public async Task A_fault_strikes_as_often_as_asked_for_and_not_at_texts()
    {
        _simulator.Faults.Inject("zero-length=count:2");

        var lengths = new List<int>();
        foreach (var method in (string[])["get_stacked_img", "test_connection", "get_current_img", "get_stacked_img"])
        {
            lengths.Add((await _client.AskAsync(23, method)).Payload.Length);
        }

        Assert.Equal([0, 17, 0], lengths[..3]);
        Assert.True(lengths[3] > 0);
        Assert.Equal(2, _simulator.Faults.Struck["zero-length"]);
        Assert.Empty(_simulator.Faults.Waiting);
    }

    [Fact]
    public async Task Faults_wait_for_what_they_can_strike_and_can_be_forgotten()
    {
        _simulator.Faults.Inject("wrong-crc=count:3");
        _simulator.Faults.Inject("zero-length");
        await _client.AskAsync(2, "test_connection");

        Assert.Equal(["wrong-crc=count:3", "zero-length"], _simulator.Faults.Waiting.Select(waiting => waiting.Fault.ToString()));
        _simulator.Faults.Clear();
        await AssertGoodAsync();
    }

    [Fact]
    public async Task Used_up_connections_are_reset_and_new_ones_turned_away_for_a_time()
    {
        _simulator.Faults.Inject("connections-used-up=seconds:30");

        await Assert.ThrowsAnyAsync<IOException>(_client.ReadToEndAsync);
        using (var turnedAway = await ImageClient.ConnectAsync(_simulator.ImageEndPoint))
        {
            Assert.Contains("Exceed the maximum", Encoding.ASCII.GetString(await turnedAway.ReadToEndAsync()), StringComparison.Ordinal);
        }

        _clock.Advance(TimeSpan.FromSeconds(31));
        using var welcome = await ImageClient.ConnectAsync(_simulator.ImageEndPoint);
        Assert.Equal("server connected!", (await welcome.AskAsync(2, "test_connection")).Text);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _simulator.DisposeAsync();
    }

    private static int Length(byte[] header) => BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(6));

    /// <summary>Inflates without looking at sizes or checksum.</summary>
    private static ushort[] Inflate(WireFrame frame)
    {
        var head = 30 + BinaryPrimitives.ReadUInt16LittleEndian(frame.Payload.AsSpan(26)) + BinaryPrimitives.ReadUInt16LittleEndian(frame.Payload.AsSpan(28));
        using var archive = new ZipArchive(new MemoryStream(frame.Payload));
        using var inflater = new DeflateStream(
            new MemoryStream(frame.Payload, head, (int)archive.Entries[0].CompressedLength), CompressionMode.Decompress);
        var bytes = new MemoryStream();
        inflater.CopyTo(bytes);
        return [.. Enumerable.Range(0, (int)bytes.Length / 2).Select(i => BinaryPrimitives.ReadUInt16LittleEndian(bytes.GetBuffer().AsSpan(2 * i)))];
    }

    private static async Task DecodeAsync(WireFrame frame)
    {
        await using var reader = new FrameReader(new MemoryStream(frame.Whole));
        var message = (FrameMessage)(await reader.ReadAsync(TestContext.Current.CancellationToken))!;
        using var picture = await new FrameDecoder(null).DecodeAsync(
            message.Header, message.Payload, Imaging.Images.BayerPhase.Grbg, TestContext.Current.CancellationToken);
    }

    private async Task AssertGoodAsync() => Assert.Equal(64 * 96 * 3, (await _client.AskAsync(23, "get_stacked_img")).Samples().Length);

    /// <summary>Asks for the stack and takes what comes until the connection ends.</summary>
    private async Task<(byte[] Header, byte[] Payload, IOException? Fault)> CutAsync()
    {
        await _client.SendAsync(23, "get_stacked_img");
        try
        {
            var header = await _client.ReadBytesAsync(80);
            return (header, await _client.ReadToEndAsync(), null);
        }
        catch (IOException fault)
        {
            return ([], [], fault);
        }
    }
}
