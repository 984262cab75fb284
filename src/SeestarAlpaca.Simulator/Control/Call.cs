using System.Text.Json;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Control;

/// <summary>A command on its way: the telescope, the connection's rights, and its parameters in the forms that telescopes accept.</summary>
/// <param name="Telescope">Whose command.</param>
/// <param name="Client">Who sent it.</param>
/// <param name="Parameters">As sent; null if absent.</param>
internal sealed record Call(Telescope Telescope, Client Client, JsonElement? Parameters)
{
    /// <summary>The members of an object; none if there are no parameters.</summary>
    /// <exception cref="RefusedException">Parameters of another kind. An object within a list is understood before 7.06 only.</exception>
    public IReadOnlyDictionary<string, JsonElement> Members() => Parameters switch
    {
        null or { ValueKind: JsonValueKind.Null } => new Dictionary<string, JsonElement>(),
        { ValueKind: JsonValueKind.Object } members => ToDictionary(members),
        { ValueKind: JsonValueKind.Array } list when IsMarker(list) => new Dictionary<string, JsonElement>(),
        { ValueKind: JsonValueKind.Array } list when Telescope.Version < FirmwareVersion.TellsPort && list[0].ValueKind == JsonValueKind.Object =>
            ToDictionary(list[0]),
        { ValueKind: JsonValueKind.String } text when text.ValueEquals("verify"u8) => new Dictionary<string, JsonElement>(),
        { ValueKind: JsonValueKind.Array } list when list[0].ValueKind == JsonValueKind.Array => throw new RefusedException(ErrorCodes.ExpectedFloat),
        _ => throw new RefusedException(ErrorCodes.ExpectedObject),
    };

    /// <summary>The elements of a list, without a trailing <c>verify</c>; none if there are no parameters.</summary>
    /// <exception cref="RefusedException">Parameters of another kind.</exception>
    public IReadOnlyList<JsonElement> Items() => Parameters switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.String } => [],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Where(item => !IsVerify(item))],
        _ => throw new RefusedException(ErrorCodes.InvalidValue),
    };

    /// <summary>A member's text; null if there is none.</summary>
    public string? Text(string key) => Members().TryGetValue(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A member's number.</summary>
    /// <exception cref="RefusedException">There is none, or it is of another kind.</exception>
    public double Number(string key) => Members().TryGetValue(key, out var value) ? Number(value) : throw new RefusedException(ErrorCodes.InvalidValue);

    /// <summary>Whether a member is true.</summary>
    public bool Flag(string key) => Members().TryGetValue(key, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>A number.</summary>
    /// <exception cref="RefusedException">Something else.</exception>
    public static double Number(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number ? element.GetDouble() : throw new RefusedException(ErrorCodes.ExpectedFloat);

    /// <summary>Two numbers: right ascension and declination.</summary>
    /// <exception cref="RefusedException">Something else.</exception>
    public static (double Hours, double Degrees) Direction(IReadOnlyList<JsonElement> items) =>
        items is [var hours, var degrees, ..] ? (Number(hours), Number(degrees)) : throw new RefusedException(ErrorCodes.ExpectedFloat);

    private static Dictionary<string, JsonElement> ToDictionary(JsonElement members)
    {
        var result = new Dictionary<string, JsonElement>();
        foreach (var member in members.EnumerateObject())
        {
            result[member.Name] = member.Value;
        }

        return result;
    }

    private static bool IsMarker(JsonElement list) => list.GetArrayLength() == 0 || IsVerify(list[0]);

    private static bool IsVerify(JsonElement element) => element.ValueKind == JsonValueKind.String && element.ValueEquals("verify"u8);
}

/// <summary>The answer to a command.</summary>
/// <param name="Result">The result; for a refusal null.</param>
/// <param name="Code">0, or the code of a refusal.</param>
/// <param name="CausesEvent">Whether an event of the command may overtake the reply.</param>
internal readonly record struct Answer(object? Result, int Code = 0, bool CausesEvent = false)
{
    /// <summary>Done.</summary>
    public static readonly Answer Done = new(0);

    /// <summary>Begun; events follow.</summary>
    public static readonly Answer Begun = new(0, CausesEvent: true);

    /// <summary>A refusal, or done for code 0.</summary>
    public static Answer Of(int code) => code == 0 ? Done : new Answer(null, code);
}

/// <summary>Does a command, within the agenda.</summary>
internal delegate Task<Answer> CommandHandler(Call call);

/// <summary>Commands that are answered at once.</summary>
internal static class Handle
{
    /// <summary>The result.</summary>
    public static CommandHandler Tell(Func<Call, object?> result) => call => Task.FromResult(new Answer(result(call)));

    /// <summary>The answer.</summary>
    public static CommandHandler With(Func<Call, Answer> answer) => call => Task.FromResult(answer(call));

    /// <summary>Accepted, and nothing that could be seen happens.</summary>
    public static Task<Answer> Accepted(Call call) => Task.FromResult(Answer.Done);
}
