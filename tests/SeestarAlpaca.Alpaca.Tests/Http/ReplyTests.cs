using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using SeestarAlpaca.Alpaca.Tests.Fakes;

namespace SeestarAlpaca.Alpaca.Tests.Http;

/// <summary>What replies look like (alpaca-camera.md §1.4, §1.5).</summary>
public sealed class ReplyTests
{
    private readonly FakeCameraDevice _device = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reply_has_exactly_the_keys_of_the_contract()
    {
        await using var server = await TestServer.StartAsync(_device);

        var get = await server.GetAsync("connected", "ClientTransactionID=20");
        var put = await server.PutAsync("abortexposure", "ClientTransactionID=21");

        Assert.Equal("""{"Value":false,"ClientTransactionID":20,"ServerTransactionID":1,"ErrorNumber":0,"ErrorMessage":""}""", get.Text);
        Assert.Equal("""{"ClientTransactionID":21,"ServerTransactionID":2,"ErrorNumber":0,"ErrorMessage":""}""", put.Text);
        Assert.Equal("application/json; charset=utf-8", get.ContentType);
    }

    [Theory]
    [InlineData("GET /api/v1/camera/0/imageready HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /api/v1/camera/0/gains HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("PUT /api/v1/camera/0/abortexposure HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("GET /api/v1/camera/0/nonsense HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /management/v1/description HTTP/1.1\r\nHost: x\r\n\r\n")]
    public async Task A_small_reply_arrives_in_one_piece(string request)
    {
        await using var server = await TestServer.StartAsync(_device);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.EndPoint, Token);
        var buffer = new byte[16 << 10];

        for (var repetition = 0; repetition < 20; repetition++)
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(request), Token);
            var text = Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, Token));

            var head = text[..(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)];
            var length = int.Parse(head.Split("Content-Length: ")[1].Split("\r\n")[0]);
            Assert.Equal(head.Length + length, text.Length);
        }
    }

    [Fact]
    public async Task Any_other_exception_of_a_device_is_500_without_details_and_is_logged()
    {
        _device.OnOpen = camera => camera.PropertyError = new InvalidOperationException("secret detail");
        await using var server = await TestServer.StartAsync(_device);

        var reply = await server.GetAsync("imageready");

        Assert.DoesNotContain("secret", reply.Refused(HttpStatusCode.InternalServerError).Text, StringComparison.Ordinal);
        Assert.Contains(server.Log.Entries, e => e.Level == LogLevel.Warning && e.Text.Contains("secret detail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_result_that_is_no_number_is_a_fault_and_the_next_reply_is_whole_again()
    {
        _device.OnOpen = camera => camera.Temperature = double.NaN;
        await using var server = await TestServer.StartAsync(_device);

        (await server.GetAsync("ccdtemperature")).Refused(HttpStatusCode.InternalServerError);

        Assert.Equal("\"Fake name\"", (await server.GetAsync("name")).Succeeded().Value);
    }

    [Fact]
    public async Task Every_request_is_logged_at_debug()
    {
        await using var server = await TestServer.StartAsync(_device);

        await server.GetAsync("camerastate");

        await WaitForAsync(() => server.Log.Entries.Any(e => e.Level == LogLevel.Debug && e.Text.Contains("GET /api/v1/camera/0/camerastate from 127.0.0.1: 200")));
    }

    [Fact]
    public async Task Status_reads_are_answered_while_another_client_waits_for_its_connection()
    {
        using var release = new ManualResetEventSlim();
        _device.OnConnected = (_, connected) => Assert.True(!connected || release.Wait(TimeSpan.FromSeconds(30), Token));
        await using var server = await TestServer.StartAsync(_device);
        var connects = Enumerable.Range(1, 16).Select(id => server.PutAsync("connected", $"Connected=true&ClientID={id}")).ToArray();

        var reads = Enumerable.Range(0, 100).Select(_ => server.GetAsync("camerastate", "ClientID=99"));
        foreach (var reply in await Task.WhenAll(reads).WaitAsync(TimeSpan.FromSeconds(5), Token))
        {
            reply.Succeeded();
        }

        Assert.DoesNotContain(connects, c => c.IsCompleted);
        release.Set();
        foreach (var reply in await Task.WhenAll(connects))
        {
            reply.Succeeded();
        }
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
