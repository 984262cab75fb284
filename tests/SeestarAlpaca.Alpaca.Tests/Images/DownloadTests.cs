using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Alpaca.Tests.Fakes;

namespace SeestarAlpaca.Alpaca.Tests.Images;

/// <summary>Image downloads over HTTP (alpaca-camera.md §4).</summary>
public sealed class DownloadTests
{
    private const string ImageBytesType = "application/imagebytes";

    private readonly FakeCameraDevice _device = new() { Streams = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/imagebytes")]
    [InlineData("application/imagebytes, application/json")]
    [InlineData("application/json, application/imagebytes")]
    [InlineData("application/json;q=1.0, Application/ImageBytes;q=0.1")]
    public async Task A_client_that_offers_ImageBytes_anywhere_gets_it(string accept)
    {
        Deliver(() => TestImages.Make(31, 17));
        await using var server = await TestServer.StartAsync(_device);

        var reply = await server.GetAsync("imagearray", "ClientTransactionID=77", accept);

        Assert.Equal((HttpStatusCode.OK, ImageBytesType), (reply.Status, reply.ContentType));
        Assert.Equal(44 + (2 * 31 * 17), reply.ContentLength);
        Assert.Equal(
            [1u, 0, 77, 1, 44, 2, 8, 2, 31, 17, 0],
            Enumerable.Range(0, 11).Select(i => BinaryPrimitives.ReadUInt32LittleEndian(reply.Body.AsSpan(4 * i))));
        Assert.Equal(TestImages.Bytes(31, 17), reply.Body[44..]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*/*")]
    [InlineData("application/json")]
    public async Task A_client_that_does_not_offer_ImageBytes_gets_JSON(string accept)
    {
        Deliver(() => new AlpacaImage(2, 3, 1, new ushort[] { 1, 2, 3, 4, 5, 6 }));
        await using var server = await TestServer.StartAsync(_device);

        var reply = (await server.GetAsync("imagearray", accept: accept)).Succeeded();

        Assert.Equal("[[1,2,3],[4,5,6]]", reply.Value);
        Assert.StartsWith("""{"Type":2,"Rank":2,"Value":""", reply.Text, StringComparison.Ordinal);
        Assert.StartsWith("application/json", reply.ContentType, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_variant_serves_the_same_data_in_both_forms()
    {
        Deliver(() => TestImages.Make(31, 17));
        await using var server = await TestServer.StartAsync(_device);

        var bytes = await server.GetAsync("imagearrayvariant", accept: ImageBytesType);
        var json = (await server.GetAsync("imagearrayvariant")).Succeeded();

        Assert.Equal(TestImages.Bytes(31, 17), bytes.Body[44..]);
        Assert.Equal((await server.GetAsync("imagearray")).Value, json.Value);
    }

    [Theory]
    [InlineData(3, "python-requests/2.32.3", false)]
    [InlineData(1, "python-requests/2.32.3", true)]
    [InlineData(3, "ASCOMAlpacaClient/4.0", true)]
    public async Task Colour_goes_to_alpyca_as_JSON(int planes, string agent, bool imageBytes)
    {
        Deliver(() => TestImages.Make(5, 4, planes));
        await using var server = await TestServer.StartAsync(_device);

        var reply = await server.GetAsync("imagearray", accept: ImageBytesType, agent: agent);

        Assert.Equal(imageBytes, reply.ContentType == ImageBytesType);
    }

    [Fact]
    public async Task Legacy_base64_hand_off_is_ignored()
    {
        Deliver(() => TestImages.Make(5, 4));
        await using var server = await TestServer.StartAsync(_device);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/camera/0/imagearray");
        request.Headers.Add("base64handoff", "true");

        using var response = await server.Client.SendAsync(request, Token);

        Assert.False(response.Headers.Contains("base64handoff"));
        Assert.Contains("\"Value\":[[", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_is_JSON_even_if_ImageBytes_was_offered()
    {
        await using var server = await TestServer.StartAsync(_device);

        var reply = await server.GetAsync("imagearray", accept: ImageBytesType);

        Assert.StartsWith("application/json", reply.ContentType, StringComparison.Ordinal);
        Assert.Equal((0x40B, "There is no image.", "null"), (reply.ErrorNumber, reply.ErrorMessage, reply.Value));
        Assert.StartsWith("""{"Type":0,"Rank":0,"Value":null,""", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_camera_that_only_has_ASCOMs_array_is_served_from_it()
    {
        var device = new FakeCameraDevice { OnOpen = c => c.Picture = new[,] { { 0, 1, 65535 }, { 4, 5, 6 } } };
        await using var server = await TestServer.StartAsync(device);

        var json = (await server.GetAsync("imagearray")).Succeeded();
        var bytes = await server.GetAsync("imagearrayvariant", accept: ImageBytesType);

        Assert.Equal("[[0,1,65535],[4,5,6]]", json.Value);
        Assert.Equal([0, 0, 1, 0, 0xFF, 0xFF, 4, 0, 5, 0, 6, 0], bytes.Body[44..]);
    }

    [Fact]
    public async Task A_colour_array_of_ASCOMs_is_served_as_rank_3_and_samples_beyond_16_bits_as_they_are()
    {
        var device = new FakeCameraDevice { OnOpen = c => c.Picture = new[, ,] { { { 1, 2, 3 }, { 4, 5, 70000 } } } };
        await using var server = await TestServer.StartAsync(device);

        var reply = (await server.GetAsync("imagearray")).Succeeded();

        Assert.Equal("[[[1,2,3],[4,5,70000]]]", reply.Value);
        Assert.Equal(3, reply.Json.GetProperty("Rank").GetInt32());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_array_that_is_none_of_ASCOMs_is_a_fault(bool isNull)
    {
        var device = new FakeCameraDevice { OnOpen = c => c.Picture = isNull ? null! : new short[2, 2] };
        await using var server = await TestServer.StartAsync(device);

        (await server.GetAsync("imagearray")).Refused(HttpStatusCode.InternalServerError);
    }

    [Theory]
    [InlineData(ImageBytesType)]
    [InlineData("")]
    public async Task The_lease_ends_with_the_download(string accept)
    {
        var lease = new Lease();
        Deliver(() => TestImages.Make(31, 17, owner: lease));
        await using var server = await TestServer.StartAsync(_device);

        await server.GetAsync("imagearray", accept: accept);

        await lease.Ended.WaitAsync(Token);
    }

    [Fact]
    public async Task A_slow_download_keeps_its_image_while_newer_ones_arrive_and_others_are_served()
    {
        var lease = new Lease();
        Deliver(() => TestImages.Make(3000, 2000, owner: lease));
        await using var server = await TestServer.StartAsync(_device);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/camera/0/imagearray");
        request.Headers.TryAddWithoutValidation("Accept", ImageBytesType);
        using var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);

        Deliver(() => TestImages.Make(2, 2));
        (await server.GetAsync("imageready")).Succeeded();
        Assert.Equal(44 + 8, (await server.GetAsync("imagearray", accept: ImageBytesType)).Body.Length);
        Assert.False(lease.Ended.IsCompleted);

        var body = await response.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal(TestImages.Bytes(3000, 2000), body[44..]);
        await lease.Ended.WaitAsync(Token);
    }

    [Theory]
    [InlineData(ImageBytesType)]
    [InlineData("application/json")]
    public async Task A_client_that_hangs_up_returns_the_lease_and_is_no_error(string accept)
    {
        var lease = new Lease();
        Deliver(() => TestImages.Make(3000, 2000, owner: lease));
        await using var server = await TestServer.StartAsync(_device);
        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(server.EndPoint, Token);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /api/v1/camera/0/imagearray HTTP/1.1\r\nHost: x\r\nAccept: {accept}\r\n\r\n"), Token);
            Assert.True(await socket.ReceiveAsync(new byte[1000], Token) > 0);
            socket.LingerState = new LingerOption(true, 0);
        }

        await lease.Ended.WaitAsync(Token);
        (await server.GetAsync("name")).Succeeded();
        Assert.DoesNotContain(server.Log.Entries, e => e.Level > LogLevel.Information);
    }

    [Fact]
    public async Task A_camera_that_fails_in_the_middle_of_connecting_leaves_the_image_to_others()
    {
        Deliver(() => TestImages.Make(2, 2));
        await using var server = await TestServer.StartAsync(_device);
        (await server.PutAsync("connected", "Connected=true&ClientID=1")).Succeeded();
        _device.OnConnected = (_, _) => throw DriverException.DeviceFailure("The telescope does not answer.");

        var refused = await server.PutAsync("connected", "Connected=true&ClientID=2");

        Assert.Equal((0x500, "The telescope does not answer."), (refused.ErrorNumber, refused.ErrorMessage));
        Assert.Equal("true", (await server.GetAsync("connected", "ClientID=1")).Value);
        Assert.Equal("false", (await server.GetAsync("connected", "ClientID=2")).Value);
        Assert.Equal(44 + 8, (await server.GetAsync("imagearray", "ClientID=1", ImageBytesType)).Body.Length);
    }

    /// <summary>Cameras opened from now on, and those open already, have this image.</summary>
    private void Deliver(Func<AlpacaImage> image)
    {
        _device.OnOpen = camera => ((FakeStreamingCamera)camera).Image = image;
        foreach (var camera in _device.Opened)
        {
            _device.OnOpen(camera);
        }
    }
}
