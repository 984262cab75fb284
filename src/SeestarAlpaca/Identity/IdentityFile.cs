using System.Text.Json;
using System.Text.Json.Serialization;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Identity;

/// <summary>What the identity file holds. Immutable.</summary>
internal sealed record IdentityContents
{
    /// <summary>The camera number that is given next; never goes back, so that no number is given twice.</summary>
    public uint NextNumber { get; init; }

    /// <summary>All telescopes that are remembered.</summary>
    public IReadOnlyList<TelescopeRecord> Telescopes { get; init; } = [];
}

/// <summary>The file with the telescopes' identities. It is written to a temporary name and renamed, so that it is whole at every moment.</summary>
internal sealed class IdentityFile(string path)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private byte[] _held = [];

    public string Path { get; } = path;

    /// <summary>Reads the file; nothing is known where there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public IdentityContents Read()
    {
        try
        {
            if (!File.Exists(Path))
            {
                return new IdentityContents();
            }

            _held = File.ReadAllBytes(Path);
            return Checked(JsonSerializer.Deserialize<IdentityContents>(_held, Json) ?? throw new JsonException("It holds nothing."));
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new InvalidDataException(
                $"{Path} is damaged ({exception.Message}). It holds the cameras' numbers and UniqueIDs: mend it, or move it away to begin anew.", exception);
        }
    }

    /// <summary>Writes the file, unless it holds just that already.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(IdentityContents contents)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(contents, Json);
        if (bytes.AsSpan().SequenceEqual(_held))
        {
            return;
        }

        var temporary = Path + ".new";
        using (var file = File.Create(temporary))
        {
            file.Write(bytes);

            // Without this the rename may reach the disk before the contents do, and a power failure leave an empty file.
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, Path, overwrite: true);
        _held = bytes;
    }

    private static IdentityContents Checked(IdentityContents contents)
    {
        foreach (var telescope in contents.Telescopes)
        {
            Require(telescope.Address is null || TelescopeAddress.TryParse(telescope.Address, out _, out _), $"'{telescope.Address}' is no address.");
            Require(telescope.Cameras.Count > 0, $"The telescope {telescope.Id} has no camera.");
        }

        CameraRecord[] cameras = [.. contents.Telescopes.SelectMany(telescope => telescope.Cameras)];
        Require(AreDistinct(contents.Telescopes.Select(telescope => telescope.Id)), "Two telescopes have the same id.");
        Require(AreDistinct(cameras.Select(camera => camera.Number)), "Two cameras have the same number.");
        Require(AreDistinct(cameras.Select(camera => camera.UniqueId)), "Two cameras have the same UniqueID.");
        var least = cameras.Length == 0 ? 0 : cameras.Max(camera => camera.Number) + 1;
        return contents.NextNumber >= least ? contents : contents with { NextNumber = least };
    }

    private static bool AreDistinct<T>(IEnumerable<T> values) => values.GroupBy(value => value).All(group => group.Count() == 1);

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new FormatException(problem);
        }
    }
}
