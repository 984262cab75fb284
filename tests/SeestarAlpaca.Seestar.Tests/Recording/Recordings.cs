using System.Text;
using Microsoft.Extensions.Logging;
using SeestarAlpaca.Seestar.Recording;

namespace SeestarAlpaca.Seestar.Tests.Recording;

/// <summary>Files of recordings, and what is in them.</summary>
internal sealed class RecordingFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("seestaralpaca-test-").FullName;

    public string File(string name = "night.ssrec") => Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}

/// <summary>A record, read.</summary>
internal sealed record ReadRecord(RecordKind Kind, uint Connection, TimeSpan Time, byte[] Payload)
{
    public string Text => Encoding.UTF8.GetString(Payload);

    public static List<ReadRecord> All(string path)
    {
        using var file = RecordingFile.Open(path);
        var records = new List<ReadRecord>();
        for (var at = RecordingFile.First; file.Next(at) is { } place; at = place.End)
        {
            records.Add(new ReadRecord(place.Head.Kind, place.Head.Connection, place.Head.Time, file.Read(place)));
        }

        return records;
    }

    public static async Task<byte[]> WriteAsync(params (RecordKind Kind, uint Connection, TimeSpan Time, byte[] Payload, bool Deflate)[] records)
    {
        var bytes = new MemoryStream();
        using var writer = new RecordWriter(bytes);
        await writer.BeginAsync("SeestarAlpaca test", TestContext.Current.CancellationToken);
        foreach (var (kind, connection, time, payload, deflate) in records)
        {
            await writer.WriteAsync(kind, connection, time, payload, deflate, TestContext.Current.CancellationToken);
        }

        return bytes.ToArray();
    }
}

/// <summary>Keeps what is logged.</summary>
internal sealed class LogBook : ILogger
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

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
        {
            _lines.Add($"{logLevel}: {formatter(state, exception)}");
        }
    }
}
