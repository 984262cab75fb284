using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Json;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Protocol;

/// <summary>How the protocol is judged. The defaults are ConformU's (alpaca-camera.md §9).</summary>
internal sealed record ProtocolSettings
{
    /// <summary>As ConformU's strict mode; counts besides what ConformU passes although other clients fail on it.</summary>
    public bool Strict { get; init; }

    /// <summary>Duration of the exposures; default 2 s.</summary>
    public TimeSpan Exposure { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Between two looks at a state; default 0.5 s.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long a state may be waited for; default 10 s.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Beginning of the names of the checks that are done; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>ClientID of all requests; ConformU's is the default.</summary>
    public uint ClientId { get; init; } = 123456;
}

/// <summary>What the checks of the protocol share.</summary>
internal sealed class ProtocolRun(Uri device, ProtocolSettings settings, Judge judge, TimeProvider time) : IDisposable
{
    private const int LargestImage = 1 << 30;

    private readonly HttpSender _sender = new(device, time);

    public ProtocolSettings Settings => settings;

    public Judge Judge => judge;

    public Timings Timings { get; } = new();

    /// <summary>What the camera said; 4 until it did.</summary>
    public int InterfaceVersion { get; set; } = 4;

    /// <summary>Both IDs as they should be.</summary>
    public string Ids => $"ClientID={settings.ClientId}&ClientTransactionID={Forms.Transaction}";

    /// <summary>The path of a member.</summary>
    public string Path(string member) => $"{device.AbsolutePath}/{member}";

    /// <summary>Sends a request of any kind.</summary>
    public async Task<HttpReply> SendAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var reply = await _sender.SendAsync(request, cancellationToken);
        Timings.Add(request.Method.Method, request.Path[(request.Path.LastIndexOf('/') + 1)..], reply.Elapsed);
        return reply;
    }

    /// <summary>Sends all forms of a read and judges the replies.</summary>
    public async Task GetAsync(string member, WireType type, CancellationToken cancellationToken)
    {
        foreach (var form in Forms.Get(Path(member), settings.ClientId))
        {
            var request = type == WireType.Image
                ? form.Request with { Accept = "application/json, application/imagebytes", OffersHandOff = true, Timeout = TimeSpan.FromSeconds(100), MaxLength = LargestImage }
                : form.Request;
            await SendAsync($"GET {member}", form with { Request = request }, type, cancellationToken);
        }
    }

    /// <summary>Sends all forms of a write and judges the replies.</summary>
    /// <param name="afterSuccess">What is waited for after each form that was carried out.</param>
    public async Task PutAsync(
        string member, (string Name, string Value)[] parameters, Func<CancellationToken, Task>? afterSuccess, CancellationToken cancellationToken)
    {
        foreach (var form in Forms.Put(Path(member), settings.ClientId, parameters))
        {
            var reply = await SendAsync($"PUT {member}", form, WireType.None, cancellationToken);
            if (afterSuccess is not null && reply is { Status: 200, IsJson: true } && Envelope.Read(reply.Body).ErrorNumber == 0)
            {
                await afterSuccess(cancellationToken);
            }
        }
    }

    /// <summary>The value of a member, read as it should be; null when that does not work.</summary>
    public async Task<System.Text.Json.JsonElement?> ReadAsync(string member, CancellationToken cancellationToken)
    {
        var answer = Answer.Of(member, await SendAsync(HttpRequest.Get(Path(member), Ids), cancellationToken), Members.TypeOf(member), Forms.Transaction);
        return answer.Succeeded ? answer.Envelope!.Value : null;
    }

    /// <summary>Waits until a member has a value.</summary>
    /// <returns>False when it did not within the limit.</returns>
    public async Task<bool> UntilAsync(string member, Func<System.Text.Json.JsonElement, bool> holds, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (await ReadAsync(member, cancellationToken) is not { } value || !holds(value))
        {
            if (time.GetElapsedTime(began) > settings.Wait)
            {
                return false;
            }

            await Task.Delay(settings.Poll, time, cancellationToken);
        }

        return true;
    }

    public void Dispose() => _sender.Dispose();

    private async Task<HttpReply> SendAsync(string call, Form form, WireType type, CancellationToken cancellationToken)
    {
        var reply = await SendAsync(form.Request, cancellationToken);
        foreach (var problem in ReplyRules.Judge(reply, form.Expected, type))
        {
            judge.Add($"{call} {form.What}", problem);
        }

        return reply;
    }
}
