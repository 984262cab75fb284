using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Json;
using SeestarAlpaca.Conformance.Judgement;
using SeestarAlpaca.Conformance.Reports;

namespace SeestarAlpaca.Conformance.Protocol;

/// <summary>Judges how one camera speaks Alpaca: ConformU's protocol run in its order (alpaca-camera.md §9), then what it does not try.</summary>
internal static class ProtocolJudgement
{
    /// <summary>All checks in the order in which they are done.</summary>
    public static IReadOnlyList<Check<ProtocolRun>> Checks { get; } =
    [
        .. ConnectionForms.First, .. AddressChecks.All, Get("connected", "§9 common 3"), .. ConnectionForms.Wrong,
        .. Members.Common.Where(member => member.Name is not ("connected" or "devicestate" or "connecting")).Select(member => Get(member.Name, "§9 common 5")),
        Get("devicestate", "§9 common 6") with { LeftOut = ConnectionForms.NotBefore4 },
        .. ConnectionForms.Overlapping, Get("connecting", "§9") with { LeftOut = ConnectionForms.NotBefore4 },
        .. Members.Camera.SelectMany(Property),
        Put("abortexposure", []), Put("pulseguide", [("Direction", "0"), ("Duration", "1")]),
        new("startexposure.put", "§9", "all forms of PUT startexposure", (run, token) => run.PutAsync(
            "startexposure", [("Duration", run.Settings.Exposure.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("Light", "False")], token2 => ExposedAsync(run, token2), token)),
        new("stopexposure.put", "§9", "all forms of PUT stopexposure",
            (run, token) => run.PutAsync("stopexposure", [], token2 => IdleAsync(run, token2), token)),
        Get("imagearray", "§9", WireType.Image), Get("imagearrayvariant", "§9", WireType.Image),
        .. Members.LastExposure.Select(member => Get(member.Name, "§9")),
        .. TransportChecks.All, .. ConnectionForms.Last,
    ];

    /// <summary>Judges a camera.</summary>
    /// <param name="device">Address of the device: <c>http://host:port/api/v1/camera/0</c>.</param>
    public static async Task<RunReport> RunAsync(
        Uri device, ProtocolSettings settings, IProgress<CheckResult> progress, TimeProvider time, CancellationToken cancellationToken)
    {
        var judge = new Judge(settings.Strict);
        var began = time.GetUtcNow();
        using var run = new ProtocolRun(device, settings, judge, time);
        var results = await new Runner(judge, progress, time).RunAsync(Checks.Only(settings.Only), run, cancellationToken);
        return new RunReport("protocol", device.ToString(), settings.Strict, began, time.GetUtcNow() - began, results, run.Timings.ToList());
    }

    private static Check<ProtocolRun> Get(string member, string source, WireType? type = null) =>
        new($"{member}.get", source, $"all forms of GET {member}", (run, token) => run.GetAsync(member, type ?? Members.TypeOf(member), token));

    private static Check<ProtocolRun> Put(string member, (string Name, string Value)[] parameters) =>
        new($"{member}.put", "§9", $"all forms of PUT {member}", (run, token) => run.PutAsync(member, parameters, null, token));

    /// <summary>A read, and a write of what was read or of a default.</summary>
    private static IEnumerable<Check<ProtocolRun>> Property(Member member)
    {
        yield return Get(member.Name, "§9");
        if (member.Parameter is { } parameter)
        {
            yield return new($"{member.Name}.put", "§9", $"all forms of PUT {member.Name}", async (run, token) =>
            {
                var value = (await run.ReadAsync(member.Name, token))?.GetRawText() ?? member.Default;
                await run.PutAsync(member.Name, [(parameter, value)], null, token);
            });
        }
    }

    private static Task<bool> ExposedAsync(ProtocolRun run, CancellationToken cancellationToken) =>
        run.UntilAsync("camerastate", state => state.GetInt32() != 2, cancellationToken);

    private static Task<bool> IdleAsync(ProtocolRun run, CancellationToken cancellationToken) =>
        run.UntilAsync("camerastate", state => state.GetInt32() is 0 or 5, cancellationToken);
}
