using System.Text;
using SeestarAlpaca.Conformance.Json;

namespace SeestarAlpaca.Conformance.Tests.Json;

public sealed class EnvelopeTests
{
    private const string Ids = "\"ClientTransactionID\":20,\"ServerTransactionID\":168";

    [Fact]
    public void A_right_reply_is_read_without_complaint()
    {
        var envelope = Read($"{{\"Value\":true,{Ids},\"ErrorNumber\":0,\"ErrorMessage\":\"\"}}");

        Assert.Null(envelope.Unreadable);
        Assert.Empty(envelope.Problems);
        Assert.Equal(
            (20u, 168u, 0, "", true),
            (envelope.ClientTransactionId, envelope.ServerTransactionId, envelope.ErrorNumber, envelope.ErrorMessage, envelope.Value!.Value.GetBoolean()));
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("plain text", "not JSON")]
    [InlineData("[1]", "not an object")]
    [InlineData("{\"clientTransactionID\":1,\"serverTransactionID\":1,\"errorNumber\":0,\"errorMessage\":\"\"}", "clientTransactionID is not written ClientTransactionID")]
    [InlineData("{\"value\":1,\"ClientTransactionID\":1,\"ServerTransactionID\":1,\"ErrorNumber\":0,\"ErrorMessage\":\"\"}", "value is not written Value")]
    [InlineData("{\"ClientTransactionID\":1,\"ServerTransactionID\":1,\"ErrorNumber\":0,\"ErrorMessage\":null}", "ErrorMessage is null")]
    public void What_clients_cannot_read_is_told(string body, string reason) => Assert.Contains(reason, Read(body).Unreadable, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"ClientTransactionID\":20,\"ErrorNumber\":0,\"ErrorMessage\":\"\"", "ServerTransactionID is missing")]
    [InlineData("\"ClientTransactionID\":20,\"ServerTransactionID\":168", "ErrorNumber is missing")]
    [InlineData("\"ClientTransactionID\":-5,\"ServerTransactionID\":168,\"ErrorNumber\":0,\"ErrorMessage\":\"\"", "ClientTransactionID is -5")]
    [InlineData("\"ClientTransactionID\":20,\"ServerTransactionID\":168,\"ErrorNumber\":1025,\"ErrorMessage\":\"\"", "ErrorMessage is empty")]
    [InlineData("\"ClientTransactionID\":20,\"ServerTransactionID\":168,\"ErrorNumber\":0,\"ErrorMessage\":\"no\"", "ErrorNumber is 0")]
    [InlineData("\"ClientTransactionID\":20,\"ServerTransactionID\":168,\"ErrorNumber\":17,\"ErrorMessage\":\"no\"", "outside 0x400 to 0xFFF")]
    [InlineData("\"ClientTransactionID\":20,\"ServerTransactionID\":168,\"ErrorNumber\":\"0\",\"ErrorMessage\":\"\"", "must be a whole number")]
    public void What_some_clients_stumble_over_is_a_problem(string inside, string problem)
    {
        var envelope = Read($"{{{inside}}}");

        Assert.Null(envelope.Unreadable);
        Assert.Contains(envelope.Problems, found => found.Text.Contains(problem, StringComparison.Ordinal));
    }

    private static Envelope Read(string body) => Envelope.Read(Encoding.UTF8.GetBytes(body));
}
