using System.Text.Json;
using System.Text.Json.Serialization;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Identity;

/// <summary>
/// Remembers every telescope ever seen, so that its cameras keep their numbers and UniqueIDs over restarts and changes of address. The file is
/// written to a temporary name and renamed, so that it is whole at every moment.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed class IdentityStore
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly Lock _gate = new();
    private readonly string _file;
    private Contents _contents;

    /// <summary>Opens the file, or begins with nothing where there is none.</summary>
    /// <param name="file">Its full path.</param>
    /// <exception cref="InvalidDataException">The file is damaged; it is left as it is.</exception>
    public IdentityStore(string file)
    {
        _file = file;
        try
        {
            _contents = File.Exists(file) ? JsonSerializer.Deserialize<Contents>(File.ReadAllText(file), Json) ?? new Contents() : new Contents();
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"{file} is damaged ({exception.Message}). It holds the cameras' numbers and UniqueIDs: mend it, or move it away to begin anew.", exception);
        }
    }

    /// <summary>All telescopes that are remembered.</summary>
    public IReadOnlyList<TelescopeRecord> Telescopes
    {
        get
        {
            lock (_gate)
            {
                return _contents.Telescopes;
            }
        }
    }

    /// <summary>
    /// The record of a telescope that was found: by its serial number; else by a binding, unless that record is another serial number's; else a new one.
    /// The record then knows what was found.
    /// </summary>
    /// <param name="address">Where it is.</param>
    /// <param name="serial">Its serial number; null when unknown.</param>
    /// <param name="model">Its model; null when unknown.</param>
    /// <param name="binding">What it can be recognised by as long as it has no serial number.</param>
    public TelescopeRecord Recognise(TelescopeAddress address, string? serial, string? model, string binding)
    {
        ArgumentNullException.ThrowIfNull(address);
        lock (_gate)
        {
            var record = _contents.Telescopes.FirstOrDefault(known => serial is not null && known.Serial == serial)
                ?? _contents.Telescopes.FirstOrDefault(known => known.Bindings.Contains(binding) && (serial is null || known.Serial is null || known.Serial == serial))
                ?? Create(address);
            return Put(record with
            {
                Serial = record.Serial ?? serial,
                Model = model ?? record.Model,
                Bindings = record.Bindings.Contains(binding) ? record.Bindings : [.. record.Bindings, binding],
                Address = address.ToString(),
            });
        }
    }

    /// <summary>
    /// Notes a serial number. If another record has had it before, both are the same telescope: that record takes over this one's cameras, bindings and
    /// address, and this one is no more.
    /// </summary>
    /// <param name="id">The record.</param>
    /// <param name="serial">The serial number.</param>
    /// <param name="model">The model; null when unknown.</param>
    /// <param name="keepCameras">Whether cameras that a record gives up live on in the other one; false when no client can know them.</param>
    /// <returns>The record that the telescope has now; null when it was forgotten meanwhile.</returns>
    public TelescopeRecord? LearnSerial(Guid id, string serial, string? model, bool keepCameras)
    {
        lock (_gate)
        {
            var record = Find(id);
            var before = _contents.Telescopes.FirstOrDefault(known => known.Serial == serial && known.Id != id);
            if (record is null || before is null)
            {
                return record is null ? null : Put(record with { Serial = record.Serial ?? serial, Model = model ?? record.Model });
            }

            Remove(id);
            return Put(before with
            {
                Model = model ?? before.Model,
                Address = record.Address,
                Bindings = [.. before.Bindings.Union(record.Bindings)],
                Cameras = keepCameras ? [.. before.Cameras, .. record.Cameras] : before.Cameras,
            });
        }
    }

    /// <summary>Notes the size of a telescope's stacks.</summary>
    public void LearnSize(Guid id, int width, int height)
    {
        lock (_gate)
        {
            if (Find(id) is { } record && (record.StackWidth, record.StackHeight) != (width, height))
            {
                Put(record with { StackWidth = width, StackHeight = height });
            }
        }
    }

    /// <summary>The record of a telescope; null when there is none.</summary>
    public TelescopeRecord? Find(Guid id)
    {
        lock (_gate)
        {
            return _contents.Telescopes.FirstOrDefault(known => known.Id == id);
        }
    }

    /// <summary>Forgets a telescope. Its camera numbers are not given to another.</summary>
    /// <returns>False when it was not known.</returns>
    public bool Forget(Guid id)
    {
        lock (_gate)
        {
            var known = Find(id) is not null;
            Remove(id);
            Save();
            return known;
        }
    }

    private TelescopeRecord Create(TelescopeAddress address)
    {
        CameraRecord[] cameras = [.. Enum.GetValues<CameraFormat>().Select((format, i) => new CameraRecord(format, _contents.NextNumber + (uint)i, Guid.NewGuid()))];
        _contents = _contents with { NextNumber = _contents.NextNumber + (uint)cameras.Length };
        return new TelescopeRecord { Id = Guid.NewGuid(), Address = address.ToString(), Cameras = cameras };
    }

    private TelescopeRecord Put(TelescopeRecord record)
    {
        var index = _contents.Telescopes.ToList().FindIndex(known => known.Id == record.Id);
        if (index >= 0 && Same(_contents.Telescopes[index], record))
        {
            return record;
        }

        _contents = _contents with
        {
            Telescopes = index < 0 ? [.. _contents.Telescopes, record] : [.. _contents.Telescopes.Select(known => known.Id == record.Id ? record : known)],
        };
        Save();
        return record;
    }

    private static bool Same(TelescopeRecord one, TelescopeRecord other) =>
        one.Bindings.SequenceEqual(other.Bindings) && one.Cameras.SequenceEqual(other.Cameras)
        && one with { Bindings = [], Cameras = [] } == other with { Bindings = [], Cameras = [] };

    private void Remove(Guid id) => _contents = _contents with { Telescopes = [.. _contents.Telescopes.Where(known => known.Id != id)] };

    private void Save()
    {
        var temporary = _file + ".new";
        File.WriteAllText(temporary, JsonSerializer.Serialize(_contents, Json));
        File.Move(temporary, _file, overwrite: true);
    }

    private sealed record Contents
    {
        public uint NextNumber { get; init; }

        public IReadOnlyList<TelescopeRecord> Telescopes { get; init; } = [];
    }
}
