using SeestarAlpaca.Conformance.Json;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Http;

/// <summary>A reply of a device member as an ordinary client takes it: success, an ASCOM error, or not usable at all.</summary>
/// <param name="Call">Verb and member, with what was written.</param>
/// <param name="Unusable">HTTP status, or what makes a client refuse the reply; null when it is an Alpaca reply.</param>
internal sealed record Answer(string Call, HttpReply Reply, Envelope? Envelope, string? Unusable, IReadOnlyList<Problem> Problems)
{
    /// <summary>The member did what was asked.</summary>
    public bool Succeeded => Unusable is null && Envelope!.ErrorNumber == 0;

    /// <summary>The ASCOM error number, 0 on success; null when it is no Alpaca reply.</summary>
    public int? ErrorNumber => Unusable is null ? Envelope!.ErrorNumber : null;

    /// <summary>Error 0x400.</summary>
    public bool NotImplemented => ErrorNumber == AscomError.NotImplemented;

    /// <summary>Refused in the ASCOM way: HTTP 200 with an error number.</summary>
    public bool Refused => ErrorNumber is not (null or 0);

    /// <summary>What came back, in words.</summary>
    public string Told => Unusable ?? (Envelope!.ErrorNumber == 0 ? "success" : $"error 0x{Envelope.ErrorNumber:X3} ({Envelope.ErrorMessage})");

    public bool Boolean => Envelope!.Value!.Value.GetBoolean();

    public int Integer => Envelope!.Value!.Value.GetInt32();

    public double Number => Envelope!.Value!.Value.GetDouble();

    public string Text => Envelope!.Value!.Value.GetString()!;

    public string[] Texts => [.. Envelope!.Value!.Value.EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>Reads a JSON reply.</summary>
    /// <param name="call">For messages.</param>
    /// <param name="type">What the value must be on success.</param>
    /// <param name="transaction">The ClientTransactionID that must come back.</param>
    public static Answer Of(string call, HttpReply reply, WireType type, uint transaction)
    {
        if (reply.Status != 200)
        {
            return new Answer(call, reply, null, $"HTTP {reply.Status} ({reply.Shown})", []);
        }

        if (!reply.IsJson)
        {
            return new Answer(call, reply, null, $"Content-Type '{reply.ContentType}' in place of application/json", []);
        }

        var envelope = Envelope.Read(reply.Body);
        var problems = new List<Problem>(envelope.Problems);
        if (envelope.Unreadable is null && envelope.ClientTransactionId != transaction)
        {
            problems.Add(Problem.Issue($"ClientTransactionID is {envelope.ClientTransactionId}, not {transaction} as sent"));
        }

        return new Answer(call, reply, envelope, envelope.Unreadable ?? ValueProblem(envelope, type), problems);
    }

    private static string? ValueProblem(Envelope envelope, WireType type) =>
        envelope.ErrorNumber != 0 || type == WireType.None ? null
        : envelope.Value is { } value ? WireTypes.Problem(value, type)
        : "there is no Value";
}
