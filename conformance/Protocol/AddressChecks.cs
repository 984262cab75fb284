using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Protocol;

/// <summary>Addresses that do not exist (alpaca-camera.md §1.1, §1.5 and §9 common 1 and 2).</summary>
internal static class AddressChecks
{
    private const string Device = "/api/v1/camera/";

    private static readonly string[] Bases = ["/apx/v1/", "/apii/v1/", "/api/1/", "/api/v/", "/api/V1/", "/api/v2/"];

    public static IReadOnlyList<Check<ProtocolRun>> All { get; } =
    [
        new("address.base", "§1.5, §9 common 1", "a wrong base or version is refused", BaseAsync),
        new("address.type", "§9 common 2, §11.23", "a device type in capitals, or an unknown one, is refused",
            (run, token) => RefusedAsync(run, ["CAMERA/{0}/description", "baddevicetype/{0}/description"], token)),
        new("address.number", "§9 common 2", "device numbers that do not exist are refused",
            (run, token) => RefusedAsync(run, ["camera/-1/description", "camera/99999/description", "camera/A/description"], token)),
        new("address.member", "§9 common 2", "unknown members, or such in capitals, are refused",
            (run, token) => RefusedAsync(run, ["camera/{0}/descrip", "camera/{0}/Description"], token)),
        new("address.verbs", "§1.1", "POST and DELETE are refused", VerbsAsync),
    ];

    private static async Task BaseAsync(ProtocolRun run, CancellationToken cancellationToken)
    {
        foreach (var wrong in Bases)
        {
            var request = HttpRequest.Get(run.Path("description").Replace("/api/v1/", wrong), run.Ids);
            var reply = await run.SendAsync(request, cancellationToken);
            if (reply.Status is not (>= 400 and < 500))
            {
                run.Judge.Information($"{request} is answered with HTTP {reply.Status}; ASCOM's text says 400.");
            }
        }
    }

    private static async Task RefusedAsync(ProtocolRun run, string[] paths, CancellationToken cancellationToken)
    {
        var number = run.Path("")[Device.Length..].Trim('/');
        foreach (var path in paths)
        {
            await RefusedAsync(run, HttpRequest.Get($"/api/v1/{path.Replace("{0}", number)}", run.Ids), cancellationToken);
        }
    }

    private static async Task VerbsAsync(ProtocolRun run, CancellationToken cancellationToken)
    {
        foreach (var verb in (HttpMethod[])[HttpMethod.Post, HttpMethod.Delete])
        {
            var reply = await run.SendAsync(new HttpRequest(verb, run.Path("connected")) { Query = run.Ids }, cancellationToken);
            if (reply.Status < 400)
            {
                run.Judge.Information($"{verb} connected is answered with HTTP {reply.Status}.");
            }
        }
    }

    private static async Task RefusedAsync(ProtocolRun run, HttpRequest request, CancellationToken cancellationToken)
    {
        var reply = await run.SendAsync(request, cancellationToken);
        if (reply.Status is not ((>= 400 and <= 407) or 409 or 410))
        {
            run.Judge.Issue($"{request} is answered with HTTP {reply.Status}; it must be refused with 400.");
        }
        else if (reply.Status != 400)
        {
            run.Judge.Information($"{request} is refused with HTTP {reply.Status}; ASCOM's text says 400.");
        }
        else if (reply.IsJson)
        {
            run.Judge.Information($"{request} is refused with JSON; ASCOM's text says plain text.");
        }
    }
}
