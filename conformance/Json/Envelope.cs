using System.Text.Json;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Json;

/// <summary>The JSON object of an Alpaca reply, with all that is wrong about it (alpaca-camera.md §1.4).</summary>
/// <param name="Unreadable">Why the ASCOM Library refuses it; null when it does not.</param>
/// <param name="Problems">What is wrong besides.</param>
/// <param name="Value">The value; null without one.</param>
internal sealed record Envelope(
    string? Unreadable,
    IReadOnlyList<Problem> Problems,
    JsonElement? Value,
    uint ClientTransactionId,
    uint ServerTransactionId,
    int ErrorNumber,
    string ErrorMessage)
{
    private const string ClientTransaction = "ClientTransactionID";
    private const string ServerTransaction = "ServerTransactionID";
    private static readonly string[] CommonKeys = [ClientTransaction, ServerTransaction, nameof(ErrorNumber), nameof(ErrorMessage)];

    /// <summary>Reads a body; never throws, whatever the bytes are.</summary>
    public static Envelope Read(ReadOnlyMemory<byte> body)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(body);
            root = document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            return Failed($"the body is not JSON ({exception.Message})");
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return Failed("the body is JSON, but not an object");
        }

        var problems = new List<Problem>();
        var cased = root.EnumerateObject().Select(p => p.Name).FirstOrDefault(name => IsMiscased(name, root));
        var unreadable = cased is null
            ? null
            : $"the key {cased} is not written {CommonKeys.Append(nameof(Value)).First(key => Same(key, cased))}; case counts";
        foreach (var key in CommonKeys.Where(key => cased is null && !root.TryGetProperty(key, out _)))
        {
            problems.Add(key == ServerTransaction ? Problem.Issue($"the key {key} is missing") : Problem.Stricter($"the key {key} is missing"));
        }

        return new Envelope(
            unreadable ?? MessageProblem(root),
            problems,
            root.TryGetProperty(nameof(Value), out var value) ? value : null,
            ReadId(root, ClientTransaction, problems),
            ReadId(root, ServerTransaction, problems),
            ReadNumber(root, problems),
            root.TryGetProperty(nameof(ErrorMessage), out var message) && message.ValueKind == JsonValueKind.String ? message.GetString()! : "")
            .WithConsistency();
    }

    private static Envelope Failed(string reason) => new(reason, [], null, 0, 0, 0, "");

    private static bool Same(string key, string written) => string.Equals(key, written, StringComparison.OrdinalIgnoreCase);

    private static bool IsMiscased(string name, JsonElement root) =>
        CommonKeys.Append(nameof(Value)).FirstOrDefault(key => Same(key, name)) is { } right && right != name && !root.TryGetProperty(right, out _);

    private static string? MessageProblem(JsonElement root) =>
        root.TryGetProperty(nameof(ErrorMessage), out var message) && message.ValueKind != JsonValueKind.String
            ? $"ErrorMessage is {message.GetRawText()}; it must be a string, empty on success"
            : null;

    private static uint ReadId(JsonElement root, string key, List<Problem> problems)
    {
        if (!root.TryGetProperty(key, out var id))
        {
            return 0;
        }

        if (id.ValueKind == JsonValueKind.Number && id.TryGetUInt32(out var number))
        {
            return number;
        }

        problems.Add(Problem.Issue($"{key} is {id.GetRawText()}; it must be an unsigned number of 32 bits"));
        return 0;
    }

    private static int ReadNumber(JsonElement root, List<Problem> problems)
    {
        if (!root.TryGetProperty(nameof(ErrorNumber), out var error))
        {
            return 0;
        }

        if (error.ValueKind == JsonValueKind.Number && error.TryGetInt32(out var number))
        {
            return number;
        }

        problems.Add(Problem.Issue($"ErrorNumber is {error.GetRawText()}; it must be a whole number"));
        return 0;
    }

    private Envelope WithConsistency()
    {
        var problem = (ErrorNumber, ErrorMessage) switch
        {
            (0, not "") => Problem.Issue($"ErrorNumber is 0, but ErrorMessage is '{ErrorMessage}'"),
            (not 0, "") => Problem.Stricter($"ErrorNumber is 0x{ErrorNumber:X3}, but ErrorMessage is empty"),
            (not 0, _) when ErrorNumber is < Http.AscomError.First or > Http.AscomError.Last => Problem.Issue($"ErrorNumber {ErrorNumber} is outside 0x400 to 0xFFF"),
            _ => null,
        };
        return problem is null ? this : this with { Problems = [.. Problems, problem] };
    }
}
