using System.Text;
using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Json;
using SeestarAlpaca.Conformance.Judgement;
using SeestarAlpaca.Conformance.Protocol;

namespace SeestarAlpaca.Conformance.Tests.Protocol;

/// <summary>The passes of alpaca-camera.md §9 as a table.</summary>
public sealed class ReplyRulesTests
{
    private const string Right = "{\"Value\":1,\"ClientTransactionID\":67890,\"ServerTransactionID\":3,\"ErrorNumber\":0,\"ErrorMessage\":\"\"}";

    /// <summary>Status, body, what is expected, weight in a tolerant run, weight in a strict run.</summary>
    public static TheoryData<int, string, string, string, string> Replies => new()
    {
        { 200, Right, "Echo", "Ok", "Ok" },
        { 400, "no", "Echo", "Issue", "Issue" },
        { 500, "no", "Echo", "Issue", "Issue" },
        { 200, Right.Replace("67890", "0"), "Echo", "Issue", "Issue" },
        { 200, Right.Replace("\"Value\":1,", ""), "Echo", "Issue", "Issue" },
        { 200, Right.Replace(":1,", ":1.0,"), "Echo", "Issue", "Issue" },
        { 200, Right.Replace(":3,", ":0,"), "Echo", "Issue", "Issue" },
        { 200, Error(0x400), "Echo", "Ok", "Ok" },
        { 200, Error(0x40B), "Echo", "Information", "Information" },
        { 200, Error(0x400).Replace("\"Value\":null,", ""), "Echo", "Ok", "Issue" },
        { 200, Right.Replace("67890", "0"), "Zero", "Ok", "Ok" },
        { 200, Right, "Zero", "Information", "Issue" },
        { 400, "no", "BadClient", "Ok", "Ok" },
        { 200, Right, "BadClient", "Ok", "Issue" },
        { 500, "no", "BadClient", "Issue", "Issue" },
        { 400, "no", "BadTransaction", "Ok", "Ok" },
        { 200, Right.Replace("67890", "0"), "BadTransaction", "Ok", "Issue" },
        { 200, Right.Replace("67890", "-67890"), "BadTransaction", "Information", "Issue" },
        { 400, "no", "BadValue", "Ok", "Ok" },
        { 200, Error(0x401), "BadValue", "Ok", "Ok" },
        { 200, Error(0x400), "BadValue", "Ok", "Issue" },
        { 200, Right, "BadValue", "Issue", "Issue" },
        { 400, "no", "BadName", "Ok", "Ok" },
        { 200, Error(0x400), "BadName", "Ok", "Issue" },
        { 200, Error(0x401), "BadName", "Issue", "Issue" },
        { 200, Right, "BadName", "Issue", "Issue" },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public void A_reply_weighs_what_ConformU_gives_it(int status, string body, string expected, string tolerant, string strict)
    {
        var reply = new HttpReply(
            status, status == 200 ? "application/json" : "text/plain", Encoding.UTF8.GetBytes(body), TimeSpan.Zero, TimeSpan.Zero, new Dictionary<string, string>());

        var problems = ReplyRules.Judge(reply, Enum.Parse<Expected>(expected), WireType.Int32).ToList();

        Assert.Equal(tolerant, problems.Select(problem => problem.Tolerant).DefaultIfEmpty(Outcome.Ok).Max().ToString());
        Assert.Equal(strict, problems.Select(problem => problem.Strict).DefaultIfEmpty(Outcome.Ok).Max().ToString());
    }

    private static string Error(int number) =>
        $"{{\"Value\":null,\"ClientTransactionID\":67890,\"ServerTransactionID\":3,\"ErrorNumber\":{number},\"ErrorMessage\":\"no\"}}";
}
