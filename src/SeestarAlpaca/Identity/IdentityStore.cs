using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Identity;

/// <summary>
/// Remembers every telescope ever seen, so that its cameras keep their numbers and UniqueIDs over restarts and changes of address. An address and a
/// binding belong to one telescope at a time: to the one that was seen there last.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed partial class IdentityStore
{
    private readonly Lock _gate = new();
    private readonly IdentityFile _file;
    private readonly ILogger _logger;
    private readonly IReadOnlyList<CameraFormat> _formats;
    private IdentityContents _contents;

    /// <summary>Opens the file, or begins with nothing where there is none.</summary>
    /// <param name="file">Its full path.</param>
    /// <param name="logger">Told when the file cannot be written; it is tried again with the next change.</param>
    /// <param name="formats">The opt-in formats that all telescopes have; null for none.</param>
    /// <exception cref="InvalidDataException">The file is damaged; it is left as it is.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IdentityStore(string file, ILogger<IdentityStore> logger, IReadOnlyList<CameraFormat>? formats = null)
    {
        (_file, _logger, _formats) = (new IdentityFile(file), logger, formats ?? []);
        _contents = _file.Read();
        foreach (var record in _contents.Telescopes.Where(record => WithCameras(record) != record).ToList())
        {
            Put(_contents.Telescopes, record);
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
    /// The record that fits what was found: of its serial number; else, unless it is another serial number's, the one at the address; else the one with
    /// the binding. Null when there is none.
    /// </summary>
    /// <param name="address">Where it was found.</param>
    /// <param name="serial">Its serial number; null when unknown.</param>
    /// <param name="binding">What it can be recognised by as long as it has no serial number.</param>
    public TelescopeRecord? Match(TelescopeAddress address, string? serial, string binding)
    {
        ArgumentNullException.ThrowIfNull(address);
        var at = address.ToString();
        bool MayBe(TelescopeRecord known) => serial is null || known.Serial is null || known.Serial == serial;
        lock (_gate)
        {
            return Find(known => serial is not null && known.Serial == serial)
                ?? Find(known => known.Address == at && MayBe(known))
                ?? Find(known => known.Bindings.Contains(binding) && MayBe(known));
        }
    }

    /// <summary>The record of a telescope that was found, by <see cref="Match"/>; else a new one. It then knows what was found.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="serial">Its serial number; null when unknown.</param>
    /// <param name="model">Its model; null when unknown.</param>
    /// <param name="binding">What it can be recognised by as long as it has no serial number.</param>
    public TelescopeRecord Recognise(TelescopeAddress address, string? serial, string? model, string binding)
    {
        lock (_gate)
        {
            var record = Match(address, serial, binding);
            return Put(_contents.Telescopes, (record ?? Create()) with
            {
                Serial = record?.Serial ?? serial,
                Model = model ?? record?.Model,
                Bindings = [.. Kept(record, address, serial).Union([binding])],
                Address = address.ToString(),
            });
        }
    }

    /// <summary>Bindings that hold on: one that is a mere address does not, once the serial number was told elsewhere.</summary>
    private static IEnumerable<string> Kept(TelescopeRecord? record, TelescopeAddress address, string? serial) =>
        record is null ? [] :
        serial is null || record.WhereItIs is not { } before || before == address ? record.Bindings :
        record.Bindings.Except([before.ToString(), before.Host]);

    /// <summary>
    /// Notes a serial number. If another record has had it before, both are the same telescope: that record takes over this one's bindings, and this
    /// one is no more.
    /// </summary>
    /// <param name="id">The record; one with another serial number stays as it is.</param>
    /// <param name="serial">The serial number.</param>
    /// <param name="model">The model; null when unknown.</param>
    /// <param name="keepCameras">Whether cameras that a record gives up live on in the other one; false when no client can know them.</param>
    /// <param name="keepAddress">Whether the other record stays where it is; false when the telescope is rather where this one is.</param>
    public void LearnSerial(Guid id, string serial, string? model, bool keepCameras, bool keepAddress)
    {
        lock (_gate)
        {
            if (Find(id) is not { } record || (record.Serial ?? serial) != serial)
            {
                return;
            }

            if (Find(known => known.Serial == serial && known.Id != id) is not { } before)
            {
                Put(_contents.Telescopes, record with { Serial = serial, Model = model ?? record.Model });
                return;
            }

            Put(_contents.Telescopes.Where(known => known.Id != id), before with
            {
                Model = model ?? before.Model,
                Address = keepAddress ? before.Address : record.Address,
                Bindings = [.. before.Bindings.Union(record.Bindings)],
                Cameras = keepCameras ? [.. before.Cameras, .. record.Cameras] : before.Cameras,
            });
        }
    }

    /// <summary>Notes that nobody knows where a telescope is: another one answers at its address.</summary>
    public void Displace(Guid id)
    {
        lock (_gate)
        {
            if (Find(id) is { } record)
            {
                Put(_contents.Telescopes, record with { Address = null });
            }
        }
    }

    /// <summary>Notes the size of a telescope's stacks.</summary>
    public void LearnSize(Guid id, int width, int height)
    {
        lock (_gate)
        {
            if (Find(id) is { } record)
            {
                Put(_contents.Telescopes, record with { StackWidth = width, StackHeight = height });
            }
        }
    }

    /// <summary>Notes the size of a telescope's single exposures.</summary>
    public void LearnSubSize(Guid id, int width, int height)
    {
        lock (_gate)
        {
            if (Find(id) is { } record)
            {
                Put(_contents.Telescopes, record with { SubWidth = width, SubHeight = height });
            }
        }
    }

    /// <summary>Notes what a user has chosen for a telescope's cameras. A camera that is chosen again has the number that it had.</summary>
    public void Choose(Guid id, CameraChoices choices)
    {
        lock (_gate)
        {
            if (Find(id) is { } record)
            {
                Put(_contents.Telescopes, record with { Choices = choices });
            }
        }
    }

    /// <summary>The record of a telescope; null when there is none.</summary>
    public TelescopeRecord? Find(Guid id) => Find(known => known.Id == id);

    /// <summary>Forgets a telescope. Its camera numbers are not given to another.</summary>
    public void Forget(Guid id)
    {
        lock (_gate)
        {
            Save(_contents with { Telescopes = [.. _contents.Telescopes.Where(known => known.Id != id)] });
        }
    }

    private TelescopeRecord? Find(Func<TelescopeRecord, bool> fits)
    {
        lock (_gate)
        {
            return _contents.Telescopes.FirstOrDefault(fits);
        }
    }

    private static TelescopeRecord Create() => new() { Id = Guid.NewGuid() };

    /// <summary>The record with a camera for each format that is offered; those that it has keep their numbers, offered or not.</summary>
    private TelescopeRecord WithCameras(TelescopeRecord record)
    {
        CameraFormat[] missing = [.. OfferedFormats.Of(record, _formats).Where(format => record.Cameras.All(camera => camera.Format != format) && (record.Cameras.Count == 0 || OfferedFormats.OptIn.Contains(format)))];
        return missing.Length == 0
            ? record
            : record with { Cameras = [.. record.Cameras, .. missing.Select((format, i) => new CameraRecord(format, _contents.NextNumber + (uint)i, Guid.NewGuid()))] };
    }

    /// <summary>Puts a record among others, in the place of the one with its id; these lose its address and its bindings.</summary>
    private TelescopeRecord Put(IEnumerable<TelescopeRecord> all, TelescopeRecord changed)
    {
        var record = WithCameras(changed);
        _contents = _contents with { NextNumber = _contents.NextNumber + (uint)(record.Cameras.Count - changed.Cameras.Count) };
        TelescopeRecord[] telescopes = [.. all.Select(known => known.Id == record.Id ? record : Without(known, record))];
        Save(_contents with { Telescopes = telescopes.Contains(record) ? telescopes : [.. telescopes, record] });
        return record;
    }

    private static TelescopeRecord Without(TelescopeRecord known, TelescopeRecord newer) =>
        (newer.Address is null || known.Address != newer.Address) && !known.Bindings.Intersect(newer.Bindings).Any()
            ? known
            : known with
            {
                Address = known.Address == newer.Address ? null : known.Address,
                Bindings = [.. known.Bindings.Except(newer.Bindings)],
            };

    private void Save(IdentityContents contents)
    {
        _contents = contents;
        try
        {
            _file.Write(contents);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotSaved(_logger, _file.Path, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{File} cannot be written: {Reason} What was learnt of telescopes is lost when the server ends.", EventName = nameof(NotSaved))]
        public static partial void NotSaved(ILogger logger, string file, string reason);
    }
}
