using SeestarAlpaca.Conformance.Http;

namespace SeestarAlpaca.Conformance.Protocol;

/// <summary>What must come of a request.</summary>
internal enum Expected
{
    /// <summary>HTTP 200, and the ClientTransactionID comes back.</summary>
    Echo,

    /// <summary>HTTP 200; the wrongly cased ClientTransactionID of a PUT counts as absent, so 0 comes back.</summary>
    Zero,

    /// <summary>HTTP 400; a tolerant run takes HTTP 200 with the ClientTransactionID that was sent.</summary>
    BadClient,

    /// <summary>HTTP 400; a tolerant run takes HTTP 200 with ClientTransactionID 0.</summary>
    BadTransaction,

    /// <summary>HTTP 400, or HTTP 200 with 0x401.</summary>
    BadValue,

    /// <summary>HTTP 400.</summary>
    BadName,
}

/// <summary>One way of writing a request.</summary>
/// <param name="What">In a few words, for messages.</param>
internal sealed record Form(string What, HttpRequest Request, Expected Expected);

/// <summary>The ways in which ConformU writes each request: its patterns G, P0, P1 and P2 (alpaca-camera.md §9).</summary>
internal static class Forms
{
    public const uint Transaction = 67890;
    private const string Nonsense = "asduio6fghZZ";

    private static readonly (string What, string Client, string Transaction, Expected Expected)[] BadIds =
    [
        ("an empty ClientID", "", "67890", Expected.BadClient), ("a blank ClientID", "%20%20%20%20%20", "67890", Expected.BadClient),
        ("ClientID -12345", "-12345", "67890", Expected.BadClient), ("ClientID NASDAQ", "NASDAQ", "67890", Expected.BadClient),
        ("an empty ClientTransactionID", "123456", "", Expected.BadTransaction), ("a blank ClientTransactionID", "123456", "%20%20%20%20%20", Expected.BadTransaction),
        ("ClientTransactionID -67890", "123456", "-67890", Expected.BadTransaction), ("ClientTransactionID qweqwe", "123456", "qweqwe", Expected.BadTransaction),
    ];

    /// <summary>Pattern G: twelve ways to read.</summary>
    public static IEnumerable<Form> Get(string path, uint clientId) =>
    [
        new("as it should be", HttpRequest.Get(path, $"ClientID={clientId}&ClientTransactionID={Transaction}"), Expected.Echo),
        new("with an extra parameter", HttpRequest.Get(path, $"ClientID={clientId}&ClientTransactionID={Transaction}&ExtraParameter=ExtraValue"), Expected.Echo),
        new("with clientid in lower case", HttpRequest.Get(path, $"clientid={clientId}&ClientTransactionID={Transaction}"), Expected.Echo),
        new("with clienttransactionid in lower case", HttpRequest.Get(path, $"ClientID={clientId}&clienttransactionid={Transaction}"), Expected.Echo),
        .. BadIds.Select(bad => new Form($"with {bad.What}", HttpRequest.Get(path, Ids(bad.Client, bad.Transaction, clientId)), bad.Expected)),
    ];

    /// <summary>Patterns P0, P1 and P2: twelve ways to write, and two more for each parameter.</summary>
    public static IEnumerable<Form> Put(string path, uint clientId, params (string Name, string Value)[] parameters)
    {
        var (written, ids) = (Write(parameters), $"ClientID={clientId}&ClientTransactionID={Transaction}");
        return
        [
            new("as it should be", HttpRequest.Put(path, written + ids), Expected.Echo),
            new("with an extra parameter", HttpRequest.Put(path, $"{written}{ids}&ExtraParameter=ExtraValue"), Expected.Echo),
            new("with clientid in lower case", HttpRequest.Put(path, $"{written}clientid={clientId}&ClientTransactionID={Transaction}"), Expected.Echo),
            new("with clienttransactionid in lower case", HttpRequest.Put(path, $"{written}ClientID={clientId}&clienttransactionid={Transaction}"), Expected.Zero),
            .. BadIds.Select(bad => new Form($"with {bad.What}", HttpRequest.Put(path, written + Ids(bad.Client, bad.Transaction, clientId)), bad.Expected)),
            .. parameters.Select(p => new Form(
                $"with {p.Name}={Nonsense}", HttpRequest.Put(path, Write(parameters, p.Name, value: Nonsense) + ids), Expected.BadValue)),
            .. parameters.Select(p => new Form(
                $"with {Inverted(p.Name)} in place of {p.Name}", HttpRequest.Put(path, Write(parameters, p.Name, name: Inverted(p.Name)) + ids), Expected.BadName)),
        ];
    }

    /// <summary>Upper case becomes lower case and the other way round.</summary>
    internal static string Inverted(string name) => string.Concat(name.Select(letter => char.IsUpper(letter)
        ? char.ToLowerInvariant(letter)
        : char.ToUpperInvariant(letter)));

    private static string Ids(string client, string transaction, uint clientId) =>
        $"ClientID={(client == "123456" ? clientId.ToString() : client)}&ClientTransactionID={transaction}";

    private static string Write((string Name, string Value)[] parameters, string? changed = null, string? name = null, string? value = null) =>
        string.Concat(parameters.Select(p => p.Name == changed ? $"{name ?? p.Name}={value ?? p.Value}&" : $"{p.Name}={p.Value}&"));
}
