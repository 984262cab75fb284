using System.Net;
using SeestarAlpaca.Alpaca.Http;
using SeestarAlpaca.Alpaca.Tests.Fakes;

namespace SeestarAlpaca.Alpaca.Tests.Http;

/// <summary>What requests have to look like, and what becomes of others (alpaca-camera.md §1).</summary>
public sealed class RequestRulesTests
{
    private readonly FakeCameraDevice _device = new();

    public static TheoryData<string> BadIds => ["", "%20%20%20%20%20", "-12345", "NASDAQ", "4294967296", "1.0"];

    [Theory]
    [InlineData("/api/v1/CAMERA/0/description")]
    [InlineData("/API/v1/camera/0/description")]
    [InlineData("/api/V1/camera/0/description")]
    [InlineData("/api/v1/camera/0/Description")]
    [InlineData("/api/v2/camera/0/description")]
    [InlineData("/api/1/camera/0/description")]
    [InlineData("/api/v1/baddevicetype/0/description")]
    [InlineData("/api/v1/camera/-1/description")]
    [InlineData("/api/v1/camera/99999/description")]
    [InlineData("/api/v1/camera/4294967296/description")]
    [InlineData("/api/v1/camera/A/description")]
    [InlineData("/api/v1/camera//description")]
    [InlineData("/api/v1/camera/0/descrip")]
    [InlineData("/api/v1/camera/0/description/")]
    [InlineData("/api/v1/camera/0")]
    [InlineData("/api")]
    public async Task An_unknown_path_is_400_with_a_sentence(string path)
    {
        await using var server = await TestServer.StartAsync(_device);

        var reply = await server.SendAsync(HttpMethod.Get, path);

        Assert.EndsWith(".", reply.Refused().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "connected", "GET, PUT")]
    [InlineData("DELETE", "connected", "GET, PUT")]
    [InlineData("GET", "startexposure", "PUT")]
    [InlineData("PUT", "camerastate", "GET")]
    [InlineData("HEAD", "camerastate", "GET")]
    public async Task A_verb_that_the_address_does_not_have_is_405(string verb, string member, string allow)
    {
        await using var server = await TestServer.StartAsync(_device);
        using var request = new HttpRequestMessage(new HttpMethod(verb), $"/api/v1/camera/0/{member}");

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allow, string.Join(", ", response.Content.Headers.Allow.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("clientid=7&clienttransactionid=99")]
    [InlineData("CLIENTID=7&CLIENTTRANSACTIONID=99")]
    [InlineData("ClientTransactionID=99&ExtraParameter=x&ClientID=7")]
    public async Task Names_of_a_query_are_case_insensitive_and_extra_ones_ignored(string query)
    {
        await using var server = await TestServer.StartAsync(_device);

        var reply = (await server.GetAsync("name", query)).Succeeded();

        Assert.Equal(99u, reply.ClientTransaction);
    }

    [Theory]
    [InlineData("BinX=2&ClientID=7&ClientTransactionID=99", 99u)]
    [InlineData("ClientTransactionID=99&ExtraParameter=x&BinX=2", 99u)]
    [InlineData("BinX=2&clientid=7&ClientTransactionID=99", 99u)]
    [InlineData("BinX=2&ClientID=7&clienttransactionid=99", 0u)]
    [InlineData("BinX=2&clientid=nonsense&CLIENTTRANSACTIONID=nonsense", 0u)]
    public async Task IDs_of_a_form_in_another_case_count_as_absent(string form, uint transaction)
    {
        await using var server = await TestServer.StartAsync(_device);

        var reply = (await server.PutAsync("binx", form)).Succeeded();

        Assert.Equal(transaction, reply.ClientTransaction);
    }

    [Theory]
    [MemberData(nameof(BadIds))]
    public async Task A_bad_ID_is_400_and_the_call_is_not_carried_out(string id)
    {
        await using var server = await TestServer.StartAsync(_device);

        (await server.GetAsync("binx", $"ClientID={id}")).Refused();
        (await server.GetAsync("binx", $"clienttransactionid={id}")).Refused();
        (await server.PutAsync("binx", $"BinX=2&ClientID={id}")).Refused();
        (await server.PutAsync("binx", $"BinX=2&ClientTransactionID={id}")).Refused();

        Assert.Equal("1", (await server.GetAsync("binx")).Succeeded().Value);
    }

    [Fact]
    public async Task IDs_use_the_whole_unsigned_range()
    {
        await using var server = await TestServer.StartAsync(_device);

        var reply = (await server.GetAsync("name", $"ClientID={uint.MaxValue}&ClientTransactionID={uint.MaxValue}")).Succeeded();

        Assert.Equal(uint.MaxValue, reply.ClientTransaction);
    }

    [Theory]
    [InlineData("binx", "")]
    [InlineData("binx", "binx=2")]
    [InlineData("binx", "bINx=2")]
    [InlineData("binx", "BinX")]
    [InlineData("binx", "BinX=")]
    [InlineData("binx", "BinX=abc")]
    [InlineData("binx", "BinX=1.0")]
    [InlineData("binx", "BinX=40000")]
    [InlineData("numx", "NumX=3000000000")]
    [InlineData("numx", "NumX=1,000")]
    [InlineData("connected", "Connected=")]
    [InlineData("connected", "Connected=123456")]
    [InlineData("connected", "Connected=asdqwe")]
    [InlineData("startexposure", "Duration=1")]
    [InlineData("startexposure", "Light=true")]
    [InlineData("startexposure", "Duration=NaN&Light=true")]
    [InlineData("startexposure", "Duration=Infinity&Light=true")]
    [InlineData("startexposure", "Duration=1e999&Light=true")]
    [InlineData("startexposure", "Duration=1,5&Light=true")]
    [InlineData("setccdtemperature", "SetCCDTemperature=-NaN")]
    public async Task A_parameter_that_is_missing_or_cannot_be_read_is_400_and_the_message_names_it(string member, string form)
    {
        await using var server = await TestServer.StartAsync(_device);

        var reply = await server.PutAsync(member, form);

        Assert.Matches("BinX|NumX|Connected|Duration|Light|SetCCDTemperature", reply.Refused().Text);
        Assert.Empty(_device.Opened.SelectMany(c => c.Exposures));
    }

    [Fact]
    public async Task The_message_about_a_misspelt_name_says_that_case_counts()
    {
        await using var server = await TestServer.StartAsync(_device);

        var reply = await server.PutAsync("binx", "BINX=2");

        Assert.Contains("'BINX'", reply.Refused().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", """{"BinX":2}""")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"BinX\"\r\n\r\n2\r\n--x--\r\n")]
    public async Task A_body_of_another_kind_holds_no_parameters(string type, string body)
    {
        await using var server = await TestServer.StartAsync(_device);

        var reply = await server.SendAsync(HttpMethod.Put, "/api/v1/camera/0/binx", body, r => SetType(r, type));

        reply.Refused();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("Application/X-WWW-Form-UrlEncoded; charset=UTF-8")]
    public async Task A_form_is_read_whether_or_not_its_type_is_told(string? type)
    {
        await using var server = await TestServer.StartAsync(_device);

        (await server.SendAsync(HttpMethod.Put, "/api/v1/camera/0/binx", "BinX=2", r => SetType(r, type))).Succeeded();

        Assert.Equal("2", (await server.GetAsync("binx")).Value);
    }

    [Fact]
    public async Task A_PUT_without_body_and_type_works_where_no_parameter_is_needed()
    {
        await using var server = await TestServer.StartAsync(_device);

        (await server.SendAsync(HttpMethod.Put, "/api/v1/camera/0/abortexposure")).Succeeded();

        Assert.Equal(["abort"], _device.Opened.Single().Exposures);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_beyond_the_limit_is_413_whether_or_not_its_length_is_told(bool chunked)
    {
        await using var server = await TestServer.StartAsync(_device);
        var form = "BinX=2&Filler=" + new string('x', AlpacaParameters.MaxBodyLength);

        var reply = await server.SendAsync(HttpMethod.Put, "/api/v1/camera/0/binx", form, r => r.Headers.TransferEncodingChunked = chunked);

        reply.Refused(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_client_that_expects_100_continue_is_served()
    {
        await using var server = await TestServer.StartAsync(_device);

        (await server.SendAsync(HttpMethod.Put, "/api/v1/camera/0/binx", "BinX=2", r => r.Headers.ExpectContinue = true)).Succeeded();

        Assert.Equal("2", (await server.GetAsync("binx")).Value);
    }

    [Fact]
    public async Task Server_transactions_start_at_1_and_are_counted_over_the_whole_server()
    {
        await using var server = await TestServer.StartAsync(_device);

        var first = await server.GetAsync("name");
        var second = await server.SendAsync(HttpMethod.Get, "/management/apiversions");
        var third = await server.PutAsync("binx", "BinX=2");

        Assert.Equal((1u, 2u, 3u), (first.ServerTransaction, second.ServerTransaction, third.ServerTransaction));
    }

    [Fact]
    public void Server_transactions_go_on_at_1_after_the_greatest()
    {
        var counter = new TransactionCounter(last: uint.MaxValue - 1);

        Assert.Equal((uint.MaxValue, 1u, 2u), (counter.Next(), counter.Next(), counter.Next()));
    }

    private static void SetType(HttpRequestMessage request, string? type)
    {
        request.Content!.Headers.ContentType = null;
        if (type is not null)
        {
            Assert.True(request.Content.Headers.TryAddWithoutValidation("Content-Type", type));
        }
    }
}
