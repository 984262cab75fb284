using System.Text.Json;
using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Json;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Management;

/// <summary>How the management API is judged.</summary>
internal sealed record ManagementSettings
{
    /// <summary>Counts what ConformU's users would not notice, but other clients do.</summary>
    public bool Strict { get; init; }

    /// <summary>A file with the UniqueIDs of an earlier run; written when it is not there. Null for none.</summary>
    public string? KnownFile { get; init; }
}

/// <summary>A device as the server lists it.</summary>
internal sealed record ConfiguredDevice(string Name, string Type, uint Number, string UniqueId);

/// <summary>What the checks of the management API share.</summary>
internal sealed class ManagementRun(Uri server, ManagementSettings settings, Judge judge, TimeProvider time) : IDisposable
{
    public const string VersionsPath = "/management/apiversions";
    public const string DescriptionPath = "/management/v1/description";
    public const string DevicesPath = "/management/v1/configureddevices";
    private const uint Transaction = 20;

    private HttpSender _sender = new(server, time);

    public ManagementSettings Settings => settings;

    public Judge Judge => judge;

    public Timings Timings { get; } = new();

    /// <summary>What the server listed; empty until it did.</summary>
    public IReadOnlyList<ConfiguredDevice> Devices { get; set; } = [];

    /// <summary>Goes on with new connections, as another client would.</summary>
    public void Reconnect()
    {
        _sender.Dispose();
        _sender = new HttpSender(server, time);
    }

    /// <summary>Sends a request of any kind.</summary>
    public async Task<HttpReply> SendAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var reply = await _sender.SendAsync(request, cancellationToken);
        Timings.Add(request.Method.Method, request.Path, reply.Elapsed);
        return reply;
    }

    /// <summary>The value at an address; what is wrong is told to the judge.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<JsonElement?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var reply = await SendAsync(HttpRequest.Get(path, $"clientid=1&CLIENTTRANSACTIONID={Transaction}"), cancellationToken);
        var answer = Answer.Of($"GET {path}", reply, WireType.None, Transaction);
        foreach (var problem in answer.Problems)
        {
            // The two error keys are not in the schema of these three addresses (alpaca-camera.md §2).
            var mayLack = problem.Text is "the key ErrorNumber is missing" or "the key ErrorMessage is missing";
            judge.Add(answer.Call, mayLack ? Problem.Information(problem.Text) : problem);
        }

        if (answer.Succeeded && answer.Envelope!.Value is { } value)
        {
            return value;
        }

        judge.Issue($"{answer.Call}: {(answer.Succeeded ? "there is no Value" : answer.Told)}.");
        return null;
    }

    public void Dispose() => _sender.Dispose();
}
