using System.Text.Json;
using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Management;

/// <summary>The management API and the set-up pages (alpaca-camera.md §2 and §6).</summary>
internal static class ManagementChecks
{
    /// <summary>48 bits in hexadecimal.</summary>
    private const int ShortestUniqueId = 12;

    public static IReadOnlyList<Check<ManagementRun>> All { get; } =
    [
        new("management.versions", "§2", "apiversions is an array of integers that has 1", VersionsAsync),
        new("management.description", "§2", "description has its four texts", DescriptionAsync),
        new("management.devices", "§2", "configureddevices: names, types, numbers", DevicesAsync),
        new("management.uniqueids", "§2, §11.27", "UniqueIDs are long enough, unlike each other, and the same each time", UniqueIdsAsync),
        new("management.known", "§2, §11.27", "UniqueIDs are those of the earlier run",
            KnownAsync) { LeftOut = run => run.Settings.KnownFile is null ? "Only with --known FILE." : null },
        new("management.reachable", "§2", "every listed device answers", ReachableAsync),
        new("management.unknown", "§2", "unknown addresses are refused", UnknownAsync),
        new("setup.server", "§6", "/setup is a page", (run, token) => PageAsync(run, "/setup", token)),
        new("setup.devices", "§6", "every device has a set-up page", SetupAsync),
        new("setup.unknown", "§6", "unknown set-up addresses are refused", SetupUnknownAsync),
    ];

    private static async Task VersionsAsync(ManagementRun run, CancellationToken cancellationToken)
    {
        if (await run.ReadAsync(ManagementRun.VersionsPath, cancellationToken) is { } value)
        {
            var right = value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(version => version.ValueKind == JsonValueKind.Number && version.GetRawText() == "1");
            run.Judge.Require(right, "Version 1 is served.", $"apiversions must be an array of integers that has 1: {value.GetRawText()}.");
        }
    }

    private static async Task DescriptionAsync(ManagementRun run, CancellationToken cancellationToken)
    {
        if (await run.ReadAsync(ManagementRun.DescriptionPath, cancellationToken) is { } value)
        {
            foreach (var key in (string[])["ServerName", "Manufacturer", "ManufacturerVersion", "Location"])
            {
                var right = value.ValueKind == JsonValueKind.Object && value.TryGetProperty(key, out var text) && text.ValueKind == JsonValueKind.String;
                run.Judge.Require(right, $"{key} is told.", $"description must have {key}, a string; case counts.");
            }
        }
    }

    private static async Task DevicesAsync(ManagementRun run, CancellationToken cancellationToken)
    {
        run.Devices = await ReadDevicesAsync(run, cancellationToken);
        if (run.Devices.Count == 0)
        {
            run.Judge.Information("No device is listed.");
        }

        foreach (var device in run.Devices)
        {
            run.Judge.Require(
                device.Type.Length > 0 && char.IsAsciiLetterUpper(device.Type[0]),
                $"{device.Type} {device.Number}: {device.Name}.",
                $"DeviceType '{device.Type}' is written with a capital here.");
        }

        run.Judge.Require(
            run.Devices.DistinctBy(device => (device.Type.ToLowerInvariant(), device.Number)).Count() == run.Devices.Count, "Numbers differ.", "Two devices of a type have the same number.");
    }

    private static async Task<IReadOnlyList<ConfiguredDevice>> ReadDevicesAsync(ManagementRun run, CancellationToken cancellationToken)
    {
        if (await run.ReadAsync(ManagementRun.DevicesPath, cancellationToken) is not { } value)
        {
            return [];
        }

        var problems = new List<string>();
        var devices = DeviceList.Read(value, problems);
        problems.ForEach(problem => run.Judge.Issue($"configureddevices: {problem}."));
        return devices;
    }

    private static async Task UniqueIdsAsync(ManagementRun run, CancellationToken cancellationToken)
    {
        foreach (var device in run.Devices.Where(device => device.UniqueId.Length < ShortestUniqueId))
        {
            run.Judge.Issue($"UniqueID '{device.UniqueId}' cannot hold 48 random bits; a GUID is advised.");
        }

        run.Judge.Require(
            run.Devices.DistinctBy(device => device.UniqueId).Count() == run.Devices.Count, "They differ.", "Two devices have the same UniqueID.");
        run.Reconnect();
        Compare(run, run.Devices, await ReadDevicesAsync(run, cancellationToken), "when asked again");
    }

    private static async Task KnownAsync(ManagementRun run, CancellationToken cancellationToken)
    {
        var file = run.Settings.KnownFile!;
        if (!File.Exists(file))
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(run.Devices), cancellationToken);
            run.Judge.Ok($"Written to {file} for the next time.");
            return;
        }

        var known = JsonSerializer.Deserialize<List<ConfiguredDevice>>(await File.ReadAllTextAsync(file, cancellationToken));
        Compare(run, known ?? [], run.Devices, $"since {file} was written");
    }

    private static void Compare(ManagementRun run, IReadOnlyList<ConfiguredDevice> before, IReadOnlyList<ConfiguredDevice> after, string when)
    {
        foreach (var device in before)
        {
            var now = after.FirstOrDefault(other => (other.Type, other.Number) == (device.Type, device.Number));
            run.Judge.Require(
                now?.UniqueId == device.UniqueId, $"{device.Type} {device.Number} keeps its UniqueID.", $"{device.Type} {device.Number} had UniqueID {device.UniqueId}, and {when} {now?.UniqueId ?? "none"}: clients lose it.");
        }
    }

    private static async Task ReachableAsync(ManagementRun run, CancellationToken cancellationToken)
    {
        foreach (var device in run.Devices)
        {
            var path = $"/api/v1/{device.Type.ToLowerInvariant()}/{device.Number}/interfaceversion";
            var reply = await run.SendAsync(HttpRequest.Get(path), cancellationToken);
            run.Judge.Require(reply is { Status: 200, IsJson: true }, $"{path} answers.", $"{path} must answer: HTTP {reply.Status}.");
        }
    }

    private static async Task UnknownAsync(ManagementRun run, CancellationToken cancellationToken)
    {
        foreach (var path in (string[])["/management/v2/description", "/management/v1/nonsense", "/management/nonsense"])
        {
            var reply = await run.SendAsync(HttpRequest.Get(path), cancellationToken);
            run.Judge.Require(reply.Status is >= 400 and < 500, $"{path} is refused.", $"{path} must be refused with 400: HTTP {reply.Status}.");
        }
    }

    private static async Task SetupAsync(ManagementRun run, CancellationToken cancellationToken)
    {
        foreach (var device in run.Devices)
        {
            await PageAsync(run, $"/setup/v1/{device.Type.ToLowerInvariant()}/{device.Number}/setup", cancellationToken);
        }
    }

    private static async Task PageAsync(ManagementRun run, string path, CancellationToken cancellationToken)
    {
        var reply = await run.SendAsync(HttpRequest.Get(path) with { Accept = "text/html" }, cancellationToken);
        run.Judge.Require(reply.Status is 200 or (>= 300 and < 400) or 401, $"{path} is there.", $"{path} must be a page: HTTP {reply.Status}.");
        run.Judge.Require(
            reply.Status != 200 || reply.MediaType == "text/html", $"{path} is HTML.", $"{path} must be HTML, not '{reply.ContentType}'.");
    }

    private static async Task SetupUnknownAsync(ManagementRun run, CancellationToken cancellationToken)
    {
        var reply = await run.SendAsync(HttpRequest.Get("/setup/v1/camera/99999/setup") with { Accept = "text/html" }, cancellationToken);
        run.Judge.Require(
            reply.Status is >= 400 and < 500, "It is refused.", $"The set-up page of camera 99999 must be refused: HTTP {reply.Status}.");
    }
}
