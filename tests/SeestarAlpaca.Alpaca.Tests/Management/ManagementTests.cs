using System.Net;
using SeestarAlpaca.Alpaca.Tests.Fakes;

namespace SeestarAlpaca.Alpaca.Tests.Management;

/// <summary>The management API (alpaca-camera.md §2).</summary>
public sealed class ManagementTests
{
    private readonly FakeCatalog _catalog = new(new FakeCameraDevice { Name = "Stack" }, new FakeCameraDevice(1) { Name = "Stack RGB" });

    [Theory]
    [InlineData("/management/apiversions", "[1]")]
    [InlineData(
        "/management/v1/description",
        """{"ServerName":"Test server","Manufacturer":"Nobody","ManufacturerVersion":"1.2.3","Location":"Nowhere"}""")]
    [InlineData(
        "/management/v1/configureddevices",
        """[{"DeviceName":"Stack","DeviceType":"Camera","DeviceNumber":0,"UniqueID":"fake-0"},{"DeviceName":"Stack RGB","DeviceType":"Camera","DeviceNumber":1,"UniqueID":"fake-1"}]""")]
    public async Task An_address_gives_its_value_and_echoes_the_transaction(string address, string expected)
    {
        await using var server = await TestServer.StartAsync(_catalog);

        var reply = (await server.SendAsync(HttpMethod.Get, $"{address}?clientid=3&CLIENTTRANSACTIONID=17")).Succeeded();

        Assert.Equal((expected, 17u), (reply.Value, reply.ClientTransaction));
    }

    [Fact]
    public async Task Devices_that_come_and_go_are_seen_at_once()
    {
        await using var server = await TestServer.StartAsync(_catalog);

        _catalog.Devices = [new FakeCameraDevice(5)];
        var listed = await server.SendAsync(HttpMethod.Get, "/management/v1/configureddevices");
        var gone = await server.SendAsync(HttpMethod.Get, "/api/v1/camera/0/name");
        var here = await server.SendAsync(HttpMethod.Get, "/api/v1/camera/5/name");

        Assert.Equal(5u, listed.Succeeded().Json.GetProperty("Value")[0].GetProperty("DeviceNumber").GetUInt32());
        Assert.Contains("5", gone.Refused().Text, StringComparison.Ordinal);
        here.Succeeded();
    }

    [Theory]
    [InlineData("/management")]
    [InlineData("/management/v1/Description")]
    [InlineData("/Management/v1/description")]
    [InlineData("/management/v2/description")]
    [InlineData("/management/v1/apiversions")]
    [InlineData("/management/v1/description?ClientID=NASDAQ")]
    [InlineData("/management/v1/description?ClientTransactionID=-5")]
    public async Task What_is_not_understood_is_400(string address)
    {
        await using var server = await TestServer.StartAsync(_catalog);

        (await server.SendAsync(HttpMethod.Get, address)).Refused();
    }

    [Fact]
    public async Task Another_verb_than_GET_is_405()
    {
        await using var server = await TestServer.StartAsync(_catalog);

        (await server.SendAsync(HttpMethod.Put, "/management/apiversions")).Refused(HttpStatusCode.MethodNotAllowed);
    }
}
