using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Json;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>What every device has, and what a camera can (alpaca-camera.md §8 C and D).</summary>
internal static class CommonChecks
{
    private const int LongestDescription = 68;
    private const int LongestText = 4096;

    private static readonly string[] StateNames =
        ["CameraState", "CCDTemperature", "CoolerPower", "HeatSinkTemperature", "ImageReady", "IsPulseGuiding", "PercentCompleted", "TimeStamp"];

    public static IReadOnlyList<Check<CameraRun>> All { get; } =
    [
        new("common.description", "§8 C", "Description, at most 68 characters", DescriptionAsync),
        new("common.driverinfo", "§8 C", "DriverInfo", (run, token) => run.TextAsync("driverinfo", LongestText, token)),
        new("common.driverversion", "§8 C", "DriverVersion of the form n.n", VersionAsync),
        new("common.name", "§8 C", "Name", (run, token) => run.TextAsync("name", LongestText, token)),
        new("common.supportedactions", "§8 C", "SupportedActions holds no empty names", ActionsAsync),
        new("common.action", "§3.1", "an unknown action is refused with 0x40C, or 0x400 without actions", ActionAsync),
        new("common.commands", "§3.1", "the deprecated commands are refused", CommandsAsync),
        new("common.devicestate", "§3.4", "DeviceState: names, types and values", DeviceStateAsync)
        {
            LeftOut = run => run.Facts.InterfaceVersion < 4 ? "Interface version 4 brought it." : null,
        },
        Can("canabortexposure", (facts, can) => facts.CanAbort = can),
        Can("canasymmetricbin", (facts, can) => facts.CanAsymmetricBin = can),
        Can("cangetcoolerpower", (facts, can) => facts.CanGetCoolerPower = can),
        Can("canpulseguide", (facts, can) => facts.CanPulseGuide = can),
        Can("cansetccdtemperature", (facts, can) => facts.CanSetTemperature = can),
        Can("canstopexposure", (facts, can) => facts.CanStop = can),
        Can("canfastreadout", (facts, can) => facts.CanFastReadout = can),
    ];

    private static Check<CameraRun> Can(string member, Action<CameraFacts, bool> keep) =>
        new($"can.{member}", "§8 D", $"{member} is implemented", async (run, token) => keep(run.Facts, await run.FlagAsync(member, token) ?? false)) { Essential = true };

    private static async Task DescriptionAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var text = await run.TextAsync("description", LongestDescription, cancellationToken);
        if (text?.Length is > 64 and <= LongestDescription)
        {
            run.Judge.Information($"description has {text.Length} characters; ASCOM's text says at most 64.");
        }
    }

    private static async Task VersionAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var text = await run.TextAsync("driverversion", LongestText, cancellationToken);
        if (text is { Length: > 0 } && !(text.Split('.') is { Length: >= 2 } parts && parts.Take(2).All(part => part.Length > 0 && part.All(char.IsAsciiDigit))))
        {
            run.Judge.Information($"driverversion '{text}' is not of the form n.n.");
        }
    }

    private static async Task ActionsAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var answer = await run.GetAsync("supportedactions", cancellationToken);
        if (run.HasValue(answer, optional: false))
        {
            run.Judge.Require(
                !answer.Texts.Any(string.IsNullOrWhiteSpace), $"Actions: {string.Join(", ", answer.Texts)}.", "SupportedActions has an empty name.");
        }
    }

    private static async Task ActionAsync(CameraRun run, CancellationToken cancellationToken) => run.Refuses(
        await run.PutAsync("action", cancellationToken, ("Action", "NoSuchAction"), ("Parameters", "")),
        "there is no such action",
        AscomError.ActionNotImplemented,
        AscomError.NotImplemented);

    private static async Task CommandsAsync(CameraRun run, CancellationToken cancellationToken)
    {
        foreach (var member in (string[])["commandblind", "commandbool", "commandstring"])
        {
            var answer = await run.PutAsync(member, cancellationToken, ("Command", "NoSuchCommand"), ("Raw", false));
            if (answer.Succeeded)
            {
                run.Judge.Information($"{member} is deprecated, yet it works.");
            }
            else
            {
                run.Refuses(answer, "it is deprecated", AscomError.NotImplemented, AscomError.InvalidValue);
            }
        }
    }

    private static async Task DeviceStateAsync(CameraRun run, CancellationToken cancellationToken)
    {
        var answer = await run.GetAsync("devicestate", cancellationToken);
        if (!run.HasValue(answer, optional: false))
        {
            return;
        }

        var told = answer.Envelope!.Value!.Value.EnumerateArray().Select(item => (Name: item.GetProperty("Name").GetString()!, Value: item.GetProperty("Value"))).ToList();
        foreach (var (name, value) in told)
        {
            var type = name == "TimeStamp" ? WireType.Text : Members.TypeOf(name.ToLowerInvariant());
            run.Judge.Require(
                StateNames.Contains(name) && WireTypes.Problem(value, type) is null,
                $"{name} is {value.GetRawText()}.",
                $"DeviceState has {name} with {value.GetRawText()}: {(StateNames.Contains(name) ? WireTypes.Problem(value, type) : "cameras have no such name; case counts")}.");
        }

        foreach (var name in StateNames.Except(told.Select(item => item.Name)).Where(name => name != "TimeStamp"))
        {
            var single = await run.GetAsync(name.ToLowerInvariant(), cancellationToken);
            if (single.Succeeded)
            {
                run.Judge.Information($"DeviceState has no {name}, although the camera tells it by itself.");
            }
            else
            {
                run.Judge.Ok($"DeviceState has no {name}, which the camera lacks.");
            }
        }
    }
}
