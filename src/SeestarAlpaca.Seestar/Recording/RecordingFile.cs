using System.IO.Compression;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using SeestarAlpaca.Seestar.Control;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>A record's head and the place of what is stored.</summary>
/// <param name="Head">What it is.</param>
/// <param name="At">Where in the file the payload begins, in bytes.</param>
public readonly record struct RecordPlace(RecordHead Head, long At)
{
    /// <summary>Where the next record begins.</summary>
    public long End => At + Head.Stored;
}

/// <summary>
/// A recording, read record by record and without holding more than one of them. A file that was cut off is read up to its last whole record; a
/// damaged one up to the damage, which is told.
/// </summary>
/// <remarks>Thread safe: every read names its place.</remarks>
public sealed class RecordingFile : IDisposable
{
    private readonly SafeFileHandle _file;

    private RecordingFile(SafeFileHandle file, string path) => (_file, Path) = (file, path);

    /// <summary>The file's name.</summary>
    public string Path { get; }

    /// <summary>Bytes at this moment.</summary>
    public long Length => RandomAccess.GetLength(_file);

    /// <summary>Where the first record begins.</summary>
    public static long First => RecordHead.Magic.Length;

    /// <summary>Whether a file begins as a recording does. False where there is no such file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static bool IsRecording(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> magic = stackalloc byte[RecordHead.Magic.Length];
        return Fill(file, magic, 0) && magic.SequenceEqual(RecordHead.Magic);
    }

    /// <summary>Opens a recording.</summary>
    /// <exception cref="InvalidDataException">It is none, or one of a newer version.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static RecordingFile Open(string path)
    {
        if (!IsRecording(path))
        {
            throw new InvalidDataException($"{path} is no recording; one is made with --record FILE.");
        }

        var recording = new RecordingFile(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), path);
        try
        {
            recording.RequireVersion();
            return recording;
        }
        catch
        {
            recording.Dispose();
            throw;
        }
    }

    /// <summary>The record that begins at a place; null at the end of the file, and where only a part of a record is left.</summary>
    /// <exception cref="InvalidDataException">The file is damaged there.</exception>
    public RecordPlace? Next(long at)
    {
        Span<byte> bytes = stackalloc byte[RecordHead.Size];
        if (!Fill(_file, bytes, at))
        {
            return null;
        }

        try
        {
            var place = new RecordPlace(RecordHead.Parse(bytes), at + RecordHead.Size);
            return place.End > Length ? null : place;
        }
        catch (InvalidDataException exception)
        {
            throw Damage(at, exception);
        }
    }

    /// <summary>A record's payload, inflated if need be.</summary>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public byte[] Read(RecordPlace place)
    {
        var stored = new byte[place.Head.Stored];
        if (!Fill(_file, stored, place.At) || place.Head.ChecksumOf(stored) != place.Head.Checksum)
        {
            throw Damage(place.At - RecordHead.Size, null);
        }

        if (!place.Head.IsDeflated)
        {
            return stored;
        }

        try
        {
            var bytes = new byte[place.Head.Length];
            using var inflated = new DeflateStream(new MemoryStream(stored), CompressionMode.Decompress);
            inflated.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw Damage(place.At - RecordHead.Size, exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static bool Fill(SafeFileHandle file, Span<byte> bytes, long at)
    {
        for (var filled = 0; filled < bytes.Length;)
        {
            var read = RandomAccess.Read(file, bytes[filled..], at + filled);
            if (read == 0)
            {
                return false;
            }

            filled += read;
        }

        return true;
    }

    private InvalidDataException Damage(long at, Exception? exception) => new($"The recording {Path} is damaged at byte {at}.", exception);

    private void RequireVersion()
    {
        if (Next(First) is not { Head.Kind: RecordKind.Start } start)
        {
            throw new InvalidDataException($"The recording {Path} ends before it has begun.");
        }

        if (Version(Read(start)) != RecordHead.Version)
        {
            throw new InvalidDataException($"The recording {Path} has another format than {RecordHead.Version}; a newer program made it.");
        }
    }

    private int? Version(byte[] start)
    {
        try
        {
            using var json = JsonDocument.Parse(start);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Int("format") : throw Unreadable(null);
        }
        catch (JsonException exception)
        {
            throw Unreadable(exception);
        }

        InvalidDataException Unreadable(Exception? exception) =>
            new($"The recording {Path} does not say its format; its first record should be like {{\"format\":{RecordHead.Version}}}.", exception);
    }
}
