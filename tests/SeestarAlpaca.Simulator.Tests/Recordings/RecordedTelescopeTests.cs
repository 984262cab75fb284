using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Simulator.Recordings;
using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests.Recordings;

public sealed class RecordedTelescopeTests : IDisposable
{
    private readonly RecordedNight _recorded = new();
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recording_brings_the_same_events_previews_and_stacks_at_the_same_times()
    {
        var recorded = await _recorded.RecordAsync();
        await using var telescope = await _recorded.PlayAsync(_clock);
        using var control = await ControlClient.ConnectAsync(telescope.ControlEndPoint);
        using var image = await ImageClient.ConnectAsync(telescope.ImageEndPoint);
        var night = new Night(_clock, control, image);

        await night.BeginStreamingAsync();
        await night.WatchAsync(() => telescope.Played.IsCompleted && night.Stacks.Count == 3);

        Assert.Equal(recorded.Seen, night.Seen);
        Assert.True(recorded.Seen.Count > 20);
    }

    [Fact]
    public async Task Everybody_who_is_connected_is_told_the_same()
    {
        await _recorded.RecordAsync();
        await using var telescope = await _recorded.PlayAsync(_clock);
        using var one = await ControlClient.ConnectAsync(telescope.ControlEndPoint);
        using var other = await ControlClient.ConnectAsync(telescope.ControlEndPoint);

        _clock.Advance(telescope.Duration);
        await telescope.Played.WaitAsync(TimeSpan.FromSeconds(20), Token);
        var told = await one.EventsUntilAsync("frame_complete", "\"stacked_frame\":3");

        Assert.Equal(told.Select(happened => happened.Line), (await other.EventsUntilAsync("frame_complete", "\"stacked_frame\":3")).Select(happened => happened.Line));
    }

    [Fact]
    public async Task Its_time_begins_with_the_first_connection_and_runs_as_fast_as_asked_for()
    {
        await _recorded.RecordAsync();
        await using var telescope = await _recorded.PlayAsync(_clock, timeScale: 10);
        _clock.Advance(TimeSpan.FromHours(1));

        using var control = await ControlClient.ConnectAsync(telescope.ControlEndPoint);
        _clock.Advance(telescope.Duration / 10 * 0.9);
        var before = telescope.Played.IsCompleted;
        _clock.Advance(telescope.Duration / 10 * 0.1);

        await telescope.Played.WaitAsync(TimeSpan.FromSeconds(20), Token);
        Assert.False(before);
    }

    [Fact]
    public async Task A_stack_is_there_from_the_event_on_that_tells_of_it()
    {
        var recorded = await _recorded.RecordAsync();
        var first = recorded.Seen.First(sight => sight.What.Contains("frame_complete", StringComparison.Ordinal)).Step * 0.1;
        await using var telescope = await _recorded.PlayAsync(_clock);
        using var image = await ImageClient.ConnectAsync(telescope.ImageEndPoint);
        await image.AskAsync(2, "test_connection");

        _clock.Advance(TimeSpan.FromSeconds(first - 0.15));
        var before = await image.AskAsync(23, "get_stacked_img");
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        var after = await image.AskAsync(99, "get_stacked_img");

        Assert.Equal("there is no image now", before.Text);
        Assert.Equal((5, 3, 99), (after.Kind, after.Form, after.Id));
        Assert.Equal(recorded.Stacks[0], after.Payload);
    }

    [Theory]
    [InlineData("{\"id\":\"x\",\"verify\":true,\"method\":\"get_camera_info\"}", "\"chip_size\"", "\"id\":\"x\"}")]
    [InlineData("{\"id\":123456789012,\"verify\":true,\"method\":\"get_camera_info\",\"params\":[1]}", "\"chip_size\"", "\"id\":123456789012}")]
    [InlineData("{\"id\":5,\"method\":\"get_verify_str\",\"params\":\"verify\"}", "\"error\":\"method not found\"", "\"code\":103,\"id\":5}")]
    [InlineData("{\"id\":5,\"method\":\"verify_client\"}", "\"error\":\"method not found\"", "\"code\":103,\"id\":5}")]
    [InlineData("{\"id\":5,\"method\":\"get_albums\"}", "\"error\":\"method not found\"", "\"code\":103,\"id\":5}")]
    [InlineData("{\"id\":5,\"method\":\"test_connection\"}", "server connected!", "\"id\":5}")]
    [InlineData("nonsense", "\"code\":101", "}")]
    public async Task Requests_are_answered_as_when_it_was_recorded(string request, string part, string end)
    {
        await _recorded.RecordAsync("{\"id\":1,\"verify\":true,\"method\":\"get_camera_info\"}");
        await using var telescope = await _recorded.PlayAsync(_clock);
        using var control = await ControlClient.ConnectAsync(telescope.ControlEndPoint);

        var answer = await control.AskAsync(request);

        Assert.Contains(part, answer, StringComparison.Ordinal);
        Assert.EndsWith(end, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_that_was_cut_off_is_played_up_to_its_last_whole_record()
    {
        var recorded = await _recorded.RecordAsync();
        var bytes = await File.ReadAllBytesAsync(_recorded.File, Token);
        await File.WriteAllBytesAsync(_recorded.File, bytes[..(bytes.Length / 2)], Token);
        await using var telescope = await _recorded.PlayAsync(_clock);
        using var control = await ControlClient.ConnectAsync(telescope.ControlEndPoint);
        using var image = await ImageClient.ConnectAsync(telescope.ImageEndPoint);
        var night = new Night(_clock, control, image);

        await night.BeginStreamingAsync();
        await night.WatchAsync(() => telescope.Played.IsCompleted);

        var seen = night.Seen.Where(sight => !sight.What.StartsWith("stack", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(seen);
        Assert.Equal(recorded.Seen.Where(sight => !sight.What.StartsWith("stack", StringComparison.Ordinal)).Take(seen.Count), seen);
        Assert.True(seen.Count < recorded.Seen.Count);
    }

    [Fact]
    public async Task A_damaged_picture_ends_the_connection_that_wanted_it_and_the_log_says_where()
    {
        await _recorded.RecordAsync();
        await DamageAsync(RecordKind.FrameData, last: true);
        using var log = new Book();
        await using var telescope = await RecordedTelescope.StartAsync(new() { File = _recorded.File, IdleLimit = Timeout.InfiniteTimeSpan }, _clock, log, Token);
        using var image = await ImageClient.ConnectAsync(telescope.ImageEndPoint);
        await image.AskAsync(2, "test_connection");
        _clock.Advance(telescope.Duration);

        await image.SendAsync(23, "get_stacked_img");
        await image.ReadBytesAsync(80);

        await Assert.ThrowsAnyAsync<IOException>(() => image.ReadBytesAsync(1));
        Assert.Contains(log.Lines, line => line.Contains("is damaged at byte", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Damage_among_the_lines_is_told_at_once_and_all_before_it_is_played()
    {
        await _recorded.RecordAsync();
        await DamageAsync(RecordKind.TelescopeLine, last: true);
        using var log = new Book();

        await using var telescope = await RecordedTelescope.StartAsync(new() { File = _recorded.File }, _clock, log, Token);

        Assert.Contains(log.Lines, line => line.Contains("is damaged at byte", StringComparison.Ordinal) && line.Contains("played up to there", StringComparison.Ordinal));
        Assert.True(telescope.Duration > TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(RecordKind.TelescopeLine, "[1]")]
    [InlineData(RecordKind.TelescopeLine, "1")]
    [InlineData(RecordKind.TelescopeLine, "nonsense")]
    [InlineData(RecordKind.LeftOut, "[1]")]
    [InlineData(RecordKind.LeftOut, "{\"bytes\":\"many\"}")]
    [InlineData(RecordKind.Frame, "too short")]
    [InlineData(RecordKind.Opened, "[1]")]
    public async Task Records_that_are_whole_and_odd_are_told_as_damage(RecordKind kind, string payload)
    {
        var bytes = new MemoryStream();
        using (var writer = new RecordWriter(bytes))
        {
            await writer.BeginAsync("test", Token);
            await writer.WriteAsync(RecordKind.Opened, 1, TimeSpan.Zero, "{\"port\":\"control\",\"telescope\":1}"u8.ToArray(), deflate: false, Token);
            await writer.WriteAsync(RecordKind.TelescopeLine, 1, TimeSpan.FromSeconds(1), "{\"Event\":\"A\"}"u8.ToArray(), deflate: false, Token);
            await writer.WriteAsync(kind, 1, TimeSpan.FromSeconds(2), System.Text.Encoding.ASCII.GetBytes(payload), deflate: false, Token);
        }

        await File.WriteAllBytesAsync(_recorded.File, bytes.ToArray(), Token);
        using var log = new Book();

        await using var telescope = await RecordedTelescope.StartAsync(new() { File = _recorded.File }, _clock, log, Token);

        Assert.Contains(log.Lines, line => line.Contains("played up to there", StringComparison.Ordinal));
        Assert.True(telescope.Duration >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_frame_with_a_gap_is_not_played()
    {
        var bytes = new MemoryStream();
        using (var writer = new RecordWriter(bytes))
        {
            var frame = new byte[80];
            new Seestar.Images.FrameHeader(16, Seestar.Images.FrameKind.Stacked, Seestar.Images.PayloadForm.Raw, 23, 2, 4, false, 1).Write(frame, 0, 0);
            await writer.BeginAsync("test", Token);
            await Write(writer, RecordKind.Opened, "{\"port\":\"image\",\"telescope\":1}"u8.ToArray());
            await Write(writer, RecordKind.ClientLine, "{\"id\":23,\"method\":\"get_stacked_img\"}"u8.ToArray());
            await Write(writer, RecordKind.Frame, frame);
            await Write(writer, RecordKind.FrameData, new byte[8]);
            await Write(writer, RecordKind.LeftOut, "{\"bytes\":8}"u8.ToArray());
            await Write(writer, RecordKind.FrameData, new byte[8]);
        }

        await File.WriteAllBytesAsync(_recorded.File, bytes.ToArray(), Token);
        await using var telescope = await _recorded.PlayAsync(_clock);
        using var image = await ImageClient.ConnectAsync(telescope.ImageEndPoint);

        Assert.Equal("there is no image now", (await image.AskAsync(23, "get_stacked_img")).Text);

        static ValueTask Write(RecordWriter writer, RecordKind kind, byte[] payload) => writer.WriteAsync(kind, 1, TimeSpan.Zero, payload, deflate: false, Token);
    }

    [Theory]
    [InlineData(0.05, 0, "TimeScale is from 0.1 to 1000")]
    [InlineData(1, 70000, "A port is from 0 to 65535")]
    public async Task Faulty_options_are_told(double timeScale, int port, string sentence)
    {
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => RecordedTelescope.StartAsync(
            new() { File = _recorded.File, TimeScale = timeScale, ImagePort = port }, _clock, NullLoggerFactory.Instance, Token));

        Assert.StartsWith(sentence, fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _recorded.Dispose();

    /// <summary>Changes one byte of the payload of the last record of a kind.</summary>
    private async Task DamageAsync(RecordKind kind, bool last)
    {
        RecordPlace found = default;
        using (var file = RecordingFile.Open(_recorded.File))
        {
            for (var at = RecordingFile.First; file.Next(at) is { } place; at = place.End)
            {
                found = place.Head.Kind == kind && place.Head.Length > 100 && (last || found == default) ? place : found;
            }
        }

        var bytes = await File.ReadAllBytesAsync(_recorded.File, Token);
        bytes[found.At + 50] ^= 0xFF;
        await File.WriteAllBytesAsync(_recorded.File, bytes, Token);
    }

    private sealed class Book : Microsoft.Extensions.Logging.ILoggerFactory, Microsoft.Extensions.Logging.ILogger
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines)
                {
                    return [.. _lines];
                }
            }
        }

        public void AddProvider(Microsoft.Extensions.Logging.ILoggerProvider provider)
        {
        }

        public Microsoft.Extensions.Logging.ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(
            Microsoft.Extensions.Logging.LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines)
            {
                _lines.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
