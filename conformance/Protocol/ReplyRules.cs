using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.ImageBytes;
using SeestarAlpaca.Conformance.Json;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Protocol;

/// <summary>What is wrong with a reply to a form of a request (alpaca-camera.md §9).</summary>
internal static class ReplyRules
{
    /// <summary>Judges a reply.</summary>
    /// <param name="type">What the member's value is; <see cref="WireType.None"/> for a PUT.</param>
    public static IEnumerable<Problem> Judge(HttpReply reply, Expected expected, WireType type) => expected switch
    {
        Expected.Echo or Expected.Zero => Understood(reply, expected, type),
        Expected.BadClient or Expected.BadTransaction => BadId(reply, expected),
        Expected.BadValue => Misunderstood(reply, AscomError.InvalidValue),
        Expected.BadName => Misunderstood(reply, alsoRight: null),
        _ => throw new ArgumentOutOfRangeException(nameof(expected)),
    };

    private static IEnumerable<Problem> Understood(HttpReply reply, Expected expected, WireType type)
    {
        if (reply.Status != 200)
        {
            return [Problem.Issue($"HTTP {reply.Status} in place of 200 ({reply.Shown})")];
        }

        if (type == WireType.Image && reply.IsImageBytes)
        {
            return ImageBytes(reply);
        }

        if (!reply.IsJson)
        {
            return [Problem.Issue($"Content-Type '{reply.ContentType}' in place of application/json")];
        }

        var envelope = Envelope.Read(type == WireType.Image ? JsonImage.WithoutPixels(reply.Body) : reply.Body);
        return envelope.Unreadable is { } reason ? [Problem.Issue(reason)]
            : [.. envelope.Problems, .. Ids(envelope, expected), .. Value(envelope, type, reply)];
    }

    private static IEnumerable<Problem> Ids(Envelope envelope, Expected expected)
    {
        var right = expected == Expected.Zero ? 0 : Forms.Transaction;
        if (envelope.ClientTransactionId != right)
        {
            var text = $"ClientTransactionID is {envelope.ClientTransactionId} in place of {right}";
            yield return expected == Expected.Zero && envelope.ClientTransactionId == Forms.Transaction
                ? Problem.Stricter(text)
                : Problem.Issue(text);
        }

        if (envelope.ServerTransactionId == 0)
        {
            yield return Problem.Issue("ServerTransactionID is 0 or missing; it counts from 1");
        }
    }

    private static IEnumerable<Problem> Value(Envelope envelope, WireType type, HttpReply reply)
    {
        if (envelope.ErrorNumber is not (0 or AscomError.NotImplemented))
        {
            yield return Problem.Information($"error 0x{envelope.ErrorNumber:X3}: {envelope.ErrorMessage}");
        }

        if (type == WireType.None)
        {
            yield break;
        }

        if (envelope.Value is not { } value)
        {
            yield return envelope.ErrorNumber == 0
                ? Problem.Issue("there is no Value")
                : Problem.StrictOnly("there is no Value beside the error; null would do");
        }
        else if (envelope.ErrorNumber == 0 && WireTypes.Problem(value, type) is { } wrong)
        {
            yield return Problem.Issue(wrong);
        }

        if (type == WireType.Image && envelope.ErrorNumber == 0)
        {
            foreach (var problem in JsonImage.Read(reply.Body, Array.MaxLength / sizeof(int)).Problems)
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<Problem> ImageBytes(HttpReply reply)
    {
        if (ImageBytesHeader.Read(reply.Body) is not { } header)
        {
            yield return Problem.Issue($"{reply.Body.Length} bytes are fewer than the metadata of ImageBytes");
        }
        else if (header.MetadataVersion != 1 || header.ClientTransactionId != Forms.Transaction || header.ServerTransactionId == 0)
        {
            yield return Problem.Issue(
                $"ImageBytes with MetadataVersion {header.MetadataVersion}, ClientTransactionID {header.ClientTransactionId}, ServerTransactionID {header.ServerTransactionId}");
        }
    }

    private static IEnumerable<Problem> BadId(HttpReply reply, Expected expected)
    {
        if (reply.Status == 400)
        {
            yield break;
        }

        if (reply.Status != 200)
        {
            yield return Problem.Issue($"HTTP {reply.Status} in place of 400");
            yield break;
        }

        yield return Problem.StrictOnly("HTTP 200 in place of 400");
        if (reply.IsJson)
        {
            var envelope = Envelope.Read(JsonImage.WithoutPixels(reply.Body));
            var right = expected == Expected.BadTransaction ? 0 : Forms.Transaction;
            if (envelope.Unreadable is not null || envelope.Problems.Count > 0 || envelope.ClientTransactionId != right)
            {
                yield return Problem.Information($"HTTP 200 whose ClientTransactionID is not {right} ({reply.Shown})");
            }
        }
    }

    private static IEnumerable<Problem> Misunderstood(HttpReply reply, int? alsoRight)
    {
        var error = reply is { Status: 200, IsJson: true } ? Envelope.Read(reply.Body).ErrorNumber : 0;
        if (reply.Status == 400 || (alsoRight is not null && error == alsoRight))
        {
            yield break;
        }

        var text = $"HTTP {reply.Status}{(error == 0 ? "" : $" with error 0x{error:X3}")} in place of 400";
        yield return error == AscomError.NotImplemented ? Problem.StrictOnly(text) : Problem.Issue(text);
    }
}
