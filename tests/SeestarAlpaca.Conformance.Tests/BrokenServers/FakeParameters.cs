using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>The parameters of a request, read as Alpaca says or as the flaw does.</summary>
internal sealed class FakeParameters(Dictionary<string, string> values, bool anyCase, Flaw flaw)
{
    public static async Task<FakeParameters> ReadAsync(HttpRequest request, Flaw flaw)
    {
        var isPut = HttpMethods.IsPut(request.Method);
        var isForm = request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) ?? true;
        if (isPut && flaw == Flaw.EmptyBodyRefused && request.ContentType is null)
        {
            throw new FakeStatusException(415, "A Content-Type is missing.");
        }

        using var reader = new StreamReader(request.Body);
        var body = isPut ? await reader.ReadToEndAsync() : "";
        var text = !isPut ? request.QueryString.Value ?? "" : isForm ? body : flaw == Flaw.JsonBodyTaken ? "StartX=0" : "";
        var values = QueryHelpers.ParseQuery(text).ToDictionary(pair => pair.Key, pair => pair.Value[0] ?? "", StringComparer.Ordinal);
        if (flaw == Flaw.ExtraParameterRefused && values.ContainsKey("ExtraParameter"))
        {
            throw new FakeStatusException(400, "ExtraParameter is not known.");
        }

        return new FakeParameters(values, isPut ? flaw == Flaw.PutNamesInAnyCase : flaw != Flaw.GetNamesInExactCase, flaw);
    }

    public string? Find(string name) =>
        values.FirstOrDefault(pair => string.Equals(pair.Key, name, anyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)).Value;

    public T Read<T>(string name)
        where T : IParsable<T>
    {
        var text = Find(name) ?? throw new FakeStatusException(400, $"{name} is missing.");
        return T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value
            : flaw == Flaw.NonsenseIsZero ? default!
            : throw new FakeStatusException(400, $"{name} cannot be '{text}'.");
    }

    /// <summary>A client's number; 0 when absent.</summary>
    public uint Id(string name)
    {
        if (Find(name) is not { } text)
        {
            return flaw == Flaw.EchoOfMiscasedPut
                && uint.TryParse(values.FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)).Value, out var miscased) ? miscased : 0;
        }

        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : flaw switch
        {
            Flaw.BadIdsAccepted or Flaw.RefusedYetCarriedOut => 0,
            Flaw.ServerErrorForBadIds => throw new FakeStatusException(500, "Unexpected."),
            _ => throw new FakeStatusException(400, $"{name} cannot be '{text}'."),
        };
    }

    /// <summary>Whether the IDs can be read.</summary>
    public bool IdsAreBad => ((string[])["ClientID", "ClientTransactionID"]).Any(name => Find(name) is { } text && !uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _));
}
