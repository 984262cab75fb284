using System.Globalization;
using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Json;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Protocol;

/// <summary>What the rules of transport say and ConformU does not try (alpaca-camera.md §1.2 and §1.3).</summary>
internal static class TransportChecks
{
    public static IReadOnlyList<Check<ProtocolRun>> All { get; } =
    [
        new("transport.ids", "§1.3", "IDs that are absent, or as large as they may be", IdsAsync),
        new("transport.counter", "§1.3", "ServerTransactionID rises", CounterAsync),
        new("transport.body", "§1.2", "an empty body works with and without Content-Type", BodyAsync),
        new("transport.kind", "§1.2", "a body that is no form is refused", KindAsync),
        new("transport.expect", "§1.2", "Expect: 100-continue does not confuse", ExpectAsync),
        new("transport.booleans", "§1.2", "true and false in any case", BooleansAsync),
        new("transport.refused", "§1.3", "what is answered with 400 is not carried out", RefusedAsync),
        new("transport.range", "§1.5, §11.2", "a value out of range is HTTP 200 with an error", RangeAsync),
    ];

    private static async Task IdsAsync(ProtocolRun run, CancellationToken cancellationToken)
    {
        foreach (var (query, right) in ((string, uint)[])[("", 0), ("CLIENTTRANSACTIONID=12", 12), ($"ClientID={uint.MaxValue}&ClientTransactionID={uint.MaxValue}", uint.MaxValue)])
        {
            var request = HttpRequest.Get(run.Path("interfaceversion"), query);
            var reply = await run.SendAsync(request, cancellationToken);
            var answer = Answer.Of(request.ToString(), reply, WireType.Int16, right);
            run.Judge.Require(answer.Succeeded, $"{request}: answered.", $"{request}: {answer.Told}.");
            foreach (var problem in answer.Problems)
            {
                run.Judge.Add(answer.Call, problem);
            }
        }
    }

    private static async Task CounterAsync(ProtocolRun run, CancellationToken cancellationToken)
    {
        var seen = new List<uint>();
        for (var i = 0; i < 3; i++)
        {
            var reply = await run.SendAsync(HttpRequest.Get(run.Path("interfaceversion"), run.Ids), cancellationToken);
            seen.Add(Envelope.Read(reply.Body).ServerTransactionId);
        }

        run.Judge.Require(
            seen[0] > 0 && seen[0] < seen[1] && seen[1] < seen[2],
            "It rises.",
            $"ServerTransactionID must rise with each request: {string.Join(", ", seen)}.");
    }

    private static async Task BodyAsync(ProtocolRun run, CancellationToken cancellationToken)
    {
        var path = run.Path("abortexposure");
        foreach (var request in (HttpRequest[])[HttpRequest.Put(path), HttpRequest.Put(path) with { ContentType = null }, HttpRequest.Put(path) with { Body = null }])
        {
            var reply = await run.SendAsync(request, cancellationToken);
            run.Judge.Require(
                reply.Status == 200,
                "It is understood.",
                $"PUT abortexposure with an empty body{(request.ContentType is null || request.Body is null ? " without Content-Type" : "")} is answered with HTTP {reply.Status}.");
        }
    }

    private static async Task KindAsync(ProtocolRun run, CancellationToken cancellationToken)
    {
        var path = run.Path("startx");
        (string Body, string Type)[] others =
        [
            ("{\"StartX\":0}", "application/json"),
            ("--b\r\nContent-Disposition: form-data; name=\"StartX\"\r\n\r\n0\r\n--b--\r\n", "multipart/form-data; boundary=b"),
        ];
        foreach (var (body, type) in others)
        {
            var reply = await run.SendAsync(HttpRequest.Put(path, body) with { ContentType = type }, cancellationToken);
            run.Judge.Require(
                reply.Status is >= 400 and < 500,
                $"{type} is refused.",
                $"PUT startx as {type} is answered with HTTP {reply.Status}; the parameter is missing, so 400.");
        }
    }

    private static async Task ExpectAsync(ProtocolRun run, CancellationToken cancellationToken)
    {
        var reply = await run.SendAsync(HttpRequest.Put(run.Path("startx"), $"StartX=0&{run.Ids}") with { ExpectContinue = true }, cancellationToken);
        foreach (var problem in ReplyRules.Judge(reply, Expected.Echo, WireType.None))
        {
            run.Judge.Add("PUT startx with Expect: 100-continue", problem);
        }
    }

    private static async Task BooleansAsync(ProtocolRun run, CancellationToken cancellationToken)
    {
        foreach (var value in (string[])["True", "true", "TRUE"])
        {
            var reply = await run.SendAsync(HttpRequest.Put(run.Path("connected"), $"Connected={value}&{run.Ids}"), cancellationToken);
            run.Judge.Require(reply.Status == 200, $"{value} is understood.", $"PUT connected {value} is answered with HTTP {reply.Status}.");
        }
    }

    private static async Task RefusedAsync(ProtocolRun run, CancellationToken cancellationToken)
    {
        var before = (await run.ReadAsync("startx", cancellationToken))?.GetInt32();
        var other = ((before ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
        foreach (var ids in (string[])[$"ClientID=NASDAQ&ClientTransactionID=1", $"ClientID={run.Settings.ClientId}&ClientTransactionID=qweqwe"])
        {
            var reply = await run.SendAsync(HttpRequest.Put(run.Path("startx"), $"StartX={other}&{ids}"), cancellationToken);
            var after = (await run.ReadAsync("startx", cancellationToken))?.GetInt32();
            run.Judge.Require(
                reply.Status != 400 || after == before, "It is not carried out.", $"PUT startx with {ids} was answered with 400, but carried out.");
        }
    }

    private static async Task RangeAsync(ProtocolRun run, CancellationToken cancellationToken)
    {
        (string Member, string Parameter, string Value)[] writes =
            [("binx", "BinX", "0"), ("binx", "BinX", "999"), ("gain", "Gain", "-1"), ("readoutmode", "ReadoutMode", "-1")];
        foreach (var (member, parameter, value) in writes)
        {
            var reply = await run.SendAsync(HttpRequest.Put(run.Path(member), $"{parameter}={value}&{run.Ids}"), cancellationToken);
            var error = reply.IsJson ? Envelope.Read(reply.Body).ErrorNumber : 0;
            run.Judge.Require(
                reply.Status == 200 && error is AscomError.InvalidValue or AscomError.NotImplemented or 0 && (member != "binx" || error == AscomError.InvalidValue),
                $"{parameter}={value}: HTTP 200.",
                $"PUT {member} {parameter}={value} is answered with HTTP {reply.Status}{(error == 0 ? "" : $" and 0x{error:X3}")}; it can be parsed, so HTTP 200 with 0x401.");
        }
    }
}
