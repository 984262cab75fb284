using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Seestar.Tests.Images;
using SeestarAlpaca.Seestar.Tests.Wire;

namespace SeestarAlpaca.Seestar.Tests.Recording;

/// <summary>Tests that look at the memory of the whole process, and so run when no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class TrafficRecorderTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly RecordingFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly LogBook _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_of_both_sides_are_recorded_with_their_times_and_connections()
    {
        await using (var recorder = Start())
        {
            using var control = recorder.Open(RecordedPort.Control, "one");
            using var other = recorder.Open(RecordedPort.Control, "two");
            control.ClientSent("{\"id\":1}\r\n"u8);
            _clock.Advance(TimeSpan.FromSeconds(1.5));
            control.TelescopeSent("{\"id\":1,\"res"u8);
            control.TelescopeSent("ult\":0}\r\nno JSON\r\n"u8);
            _clock.Advance(TimeSpan.FromSeconds(1));
            other.TelescopeSent("{\"Event\":\"A\"}\r\n"u8);
        }

        Assert.Equal(
            [
                "Start 0 0 {\"format\":1,\"program\":\"SeestarAlpaca test\"}",
                "Opened 1 0 {\"port\":\"control\",\"telescope\":1}",
                "Opened 2 0 {\"port\":\"control\",\"telescope\":2}",
                "ClientLine 1 0 {\"id\":1}",
                "TelescopeLine 1 1.5 {\"id\":1,\"result\":0}",
                "Unreadable 1 1.5 {\"bytes\":7}",
                "TelescopeLine 2 2.5 {\"Event\":\"A\"}",
                "Closed 2 2.5 ",
                "Closed 1 2.5 ",
                "End 0 2.5 ",
            ],
            ReadRecord.All(_folder.File()).Select(record => $"{record.Kind} {record.Connection} {record.Time.TotalSeconds} {record.Text}"));
        Assert.Contains(_log.Lines, line => line.Contains("is complete", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Frames_are_recorded_byte_for_byte_and_samples_deflated()
    {
        var preview = FrameBytes.Raw(FrameKind.Single, 21, 400, 200, [.. Enumerable.Range(0, 80_000).Select(i => (ushort)(i / 16))]);
        var stack = FrameBytes.Stack(1000);
        byte[] all = [.. preview, .. stack, .. FrameBytes.Text("done", 21)];
        await using (var recorder = Start())
        {
            using var image = recorder.Open(RecordedPort.Image, "one");
            for (var at = 0; at < all.Length; at += 1000)
            {
                image.TelescopeSent(all.AsSpan(at, Math.Min(1000, all.Length - at)));
            }
        }

        var recorded = ReadRecord.All(_folder.File()).Where(record => record.Kind is RecordKind.Frame or RecordKind.FrameData).ToList();

        Assert.Equal(all, recorded.SelectMany(record => record.Payload));
        Assert.Equal(3, recorded.Count(record => record.Kind == RecordKind.Frame));
        Assert.True(new FileInfo(_folder.File()).Length < preview.Length / 4, "Samples are deflated.");
    }

    [Fact]
    public async Task A_frame_that_is_no_picture_is_not_kept()
    {
        var log = FrameBytes.Frame(new FrameHeader(60, FrameKind.Single, PayloadForm.Zip, 44, 4, 4, false, 0), Encoding.ASCII.GetBytes("PK\x3\x4 secrets.txt".PadRight(60)));
        var odd = FrameBytes.Frame(new FrameHeader(9, FrameKind.Single, PayloadForm.Raw, 44, 4, 4, false, 0), Encoding.ASCII.GetBytes("geheim99!"));
        await using (var recorder = Start())
        {
            using var image = recorder.Open(RecordedPort.Image, "one");
            image.TelescopeSent(log);
            image.TelescopeSent(odd);
        }

        var records = ReadRecord.All(_folder.File());

        Assert.Equal(["{\"bytes\":60}", "{\"bytes\":9}"], records.Where(record => record.Kind == RecordKind.Unreadable).Select(record => record.Text));
        Assert.DoesNotContain(records, record => record.Kind is RecordKind.Frame or RecordKind.FrameData);
    }

    [Fact]
    public async Task What_nobody_knows_of_a_header_is_recorded_as_zero()
    {
        var frame = FrameBytes.Stack(5);
        Encoding.ASCII.GetBytes("52.5200,13.4049").CopyTo(frame, 40);
        await using (var recorder = Start())
        {
            using var image = recorder.Open(RecordedPort.Image, "one");
            image.TelescopeSent(frame);
        }

        var header = ReadRecord.All(_folder.File()).Single(record => record.Kind == RecordKind.Frame).Payload;

        Assert.Equal(frame[..30], header[..30]);
        Assert.All(header[30..], value => Assert.Equal(0, value));
    }

    [Fact]
    public async Task A_disk_that_is_too_slow_delays_nobody_and_the_recording_says_what_was_left_out()
    {
        var disk = new SlowDisk();
        var frame = FrameBytes.Raw(FrameKind.Single, 21, 400, 200, new ushort[80_000]);
        await using (var recorder = new TrafficRecorder(disk, "slow", "test", _clock, _log, maxWaiting: 3 << 16))
        {
            using var image = recorder.Open(RecordedPort.Image, "one");
            await disk.Reached.WaitAsync(Patience, Token);

            // Nothing is written meanwhile, and nobody waits: 1.6 MB into 192 KiB.
            for (var i = 0; i < 10; i++)
            {
                image.TelescopeSent(frame);
            }

            disk.Release();
            await disk.Idle.WaitAsync(Patience, Token);
            image.TelescopeSent(frame);
        }

        await File.WriteAllBytesAsync(_folder.File(), disk.ToArray(), Token);
        var records = ReadRecord.All(_folder.File());
        var kept = records.Where(record => record.Kind is RecordKind.Frame or RecordKind.FrameData).Sum(record => (long)record.Payload.Length);
        var leftOut = records.Where(record => record.Kind == RecordKind.LeftOut).Sum(record => long.Parse(record.Text[9..^1]));

        Assert.InRange(leftOut, 8 * frame.Length, 10 * frame.Length);
        Assert.Equal(11 * frame.Length, kept + leftOut);
        Assert.Equal(frame, records.Where(record => record.Kind is RecordKind.Frame or RecordKind.FrameData).SelectMany(record => record.Payload).TakeLast(frame.Length));
    }

    [Fact]
    public async Task Of_short_lines_no_more_wait_than_there_is_memory_for()
    {
        var disk = new SlowDisk();
        var lines = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1\n", 500_000)));
        await using (var recorder = new TrafficRecorder(disk, "slow", "test", _clock, _log, maxWaiting: 1 << 20))
        {
            using var control = recorder.Open(RecordedPort.Control, "one");
            await disk.Reached.WaitAsync(Patience, Token);
            control.TelescopeSent(lines);
            disk.Release();
        }

        await File.WriteAllBytesAsync(_folder.File(), disk.ToArray(), Token);
        var records = ReadRecord.All(_folder.File());

        // Each takes about 128 bytes besides its one.
        Assert.InRange(records.Count(record => record.Kind == RecordKind.Unreadable), 7000, (1 << 20) / 129);
        Assert.Contains(records, record => record.Kind == RecordKind.LeftOut);
    }

    [Fact]
    public async Task An_end_that_takes_too_long_is_not_blamed_on_the_disk()
    {
        var disk = new SlowDisk();
        var recorder = new TrafficRecorder(disk, "slow", "test", _clock, _log);
        await disk.Reached.WaitAsync(Patience, Token);

        var ending = recorder.DisposeAsync().AsTask();
        _clock.Advance(TimeSpan.FromSeconds(10));
        await ending.WaitAsync(Patience, Token);

        Assert.Equal(["Error: The recording slow is cut off, since masking and writing what still waited took longer than 10 s."], _log.Lines);
        disk.Release();
    }

    [Fact]
    public async Task An_error_that_nobody_expected_ends_the_recording_alone_and_is_told()
    {
        await using (var recorder = new TrafficRecorder(new BrokenDisk(), "/mnt/night.ssrec", "test", _clock, _log))
        {
            using var control = recorder.Open(RecordedPort.Control, "one");
        }

        Assert.Equal(["Error: The recording /mnt/night.ssrec has ended because of an error that nobody expected. All else goes on."], _log.Lines);
    }

    [Fact]
    public async Task A_full_disk_ends_the_recording_with_one_sentence_and_nothing_else()
    {
        await using var recorder = new TrafficRecorder(new FullDisk(2000), "/mnt/night.ssrec", "test", _clock, _log);
        using var control = recorder.Open(RecordedPort.Control, "one");

        for (var i = 0; recorder.IsRecording; i++)
        {
            control.TelescopeSent("{\"Event\":\"PiStatus\",\"temp\":59.9}\r\n"u8);
            await Task.Yield();
        }

        control.TelescopeSent("{\"Event\":\"PiStatus\",\"temp\":59.9}\r\n"u8);

        Assert.Equal(["Error: The recording /mnt/night.ssrec has ended, since it cannot be written any more: No space left on device. All else goes on."], _log.Lines);
    }

    [Fact]
    public async Task Where_no_file_can_be_made_the_log_says_why_and_all_else_goes_on()
    {
        await using var recorder = TrafficRecorder.Start(_folder.File("no/such/folder/night.ssrec"), "test", _clock, _log);
        using var control = recorder.Open(RecordedPort.Control, "one");

        control.TelescopeSent("{\"Event\":\"A\"}\r\n"u8);

        Assert.False(recorder.IsRecording);
        Assert.StartsWith("Error: Nothing is recorded, since", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_that_exists_is_kept()
    {
        await using (var first = Start())
        {
        }

        await using (var second = Start())
        {
            Assert.Equal(_folder.File("night-2.ssrec"), second.Path);
        }

        Assert.Equal(2, ReadRecord.All(_folder.File()).Count);
        Assert.Equal(2, ReadRecord.All(_folder.File("night-2.ssrec")).Count);
    }

    [Fact]
    public async Task Only_its_owner_may_read_a_recording()
    {
        await using (var recorder = Start())
        {
        }

        // Windows has other rights.
        Assert.True(OperatingSystem.IsWindows() || Mode(_folder.File()) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task A_transport_records_what_passes_and_hands_on_the_same()
    {
        var pair = new StreamPair();
        await using (var recorder = Start())
        {
            await using var stream = await new RecordingTransport(new OneConnection(pair.Client), recorder).ConnectAsync(TelescopePort.Control, Token);
            await stream.WriteAsync("{\"id\":1}\r\n"u8.ToArray(), Token);
            var sending = pair.Telescope.WriteAsync("{\"id\":1,\"code\":0}\r\n"u8.ToArray(), Token);
            var received = new byte[100];
            var read = await stream.ReadAsync(received, Token);
            await sending;

            Assert.Equal("{\"id\":1,\"code\":0}\r\n", Encoding.ASCII.GetString(received, 0, read));
        }

        Assert.Equal(["{\"id\":1}", "{\"id\":1,\"code\":0}", ""], ReadRecord.All(_folder.File())[2..5].Select(record => record.Text));
        await pair.Client.Closed.WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task Recording_holds_no_more_than_what_waits()
    {
        var frame = FrameBytes.Raw(FrameKind.Single, 21, 1000, 1000, new ushort[1_000_000]);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using (var recorder = Start(maxWaiting: 1 << 20))
        {
            using var image = recorder.Open(RecordedPort.Image, "one");
            for (var i = 0; i < 200; i++)
            {
                image.TelescopeSent(frame);
            }

            // 400 MB went through; the shared pool may keep what has waited.
            Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 16 << 20);
        }
    }

    public void Dispose() => _folder.Dispose();

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static UnixFileMode Mode(string path) => File.GetUnixFileMode(path);

    private TrafficRecorder Start(int? maxWaiting = null) => maxWaiting is { } most
        ? new TrafficRecorder(File.Create(_folder.File()), _folder.File(), "SeestarAlpaca test", _clock, NullLogger.Instance, most)
        : TrafficRecorder.Start(_folder.File(), "SeestarAlpaca test", _clock, _log);

    private sealed class OneConnection(Stream stream) : ITelescopeTransport
    {
        public string Description => "one";

        public ValueTask<Stream> ConnectAsync(TelescopePort port, CancellationToken cancellationToken) => ValueTask.FromResult(stream);
    }

    /// <summary>Takes nothing until it is released.</summary>
    private sealed class SlowDisk : MemoryStream
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public Task Idle => _idle.Task;

        public void Release() => _released.SetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _reached.TrySetResult();
            await _released.Task.WaitAsync(cancellationToken);
            Write(buffer.Span);
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            _idle.TrySetResult();
            return Task.CompletedTask;
        }
    }

    private sealed class BrokenDisk : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("Odd.");
    }

    private sealed class FullDisk(int room) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Length + buffer.Length > room)
            {
                throw new IOException("No space left on device");
            }

            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }
    }
}
