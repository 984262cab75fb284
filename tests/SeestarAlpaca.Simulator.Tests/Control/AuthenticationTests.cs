using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests.Control;

public sealed class AuthenticationTests
{
    private const string Coordinates = "\"method\":\"scope_get_equ_coord\"}";
    private const string Heartbeat = "{\"id\":99,\"method\":\"test_connection\"}";

    [Fact]
    public async Task Old_firmware_obeys_without_anything_and_knows_no_challenge()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Firmware = "4.27" });
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        Assert.Contains("\"code\":103", await client.AskAsync("{\"id\":1,\"method\":\"get_verify_str\",\"params\":\"verify\"}"));
        Assert.Contains("\"result\":{\"ra\":", await client.AskAsync("{\"id\":2," + Coordinates));
    }

    [Theory]
    [InlineData("{\"id\":1,\"verify\":true,")]
    [InlineData("{\"id\":1,\"params\":[\"verify\"],")]
    [InlineData("{\"id\":1,\"params\":\"verify\",")]
    public async Task Newer_firmware_answers_lines_with_the_word_verify_in_any_place(string start)
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        var reply = await client.AskAsync(start + Coordinates);

        Assert.Contains("\"code\":0,\"id\":1", reply);
    }

    [Fact]
    public async Task Newer_firmware_ignores_lines_without_the_word_however_many()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { IgnoredLinesBeforeReset = 2 });
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        await client.SendAsync(string.Concat(Enumerable.Repeat("{\"id\":1," + Coordinates + "\r\n", 5)));

        Assert.EndsWith("\"id\":99}", await client.AskAsync(Heartbeat));
    }

    [Fact]
    public async Task Locked_firmware_obeys_whoever_has_signed_its_challenge()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Firmware = "7.18" });
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        var challenge = (await client.ResultAsync("{\"id\":1,\"method\":\"get_verify_str\"}")).GetProperty("str").GetString()!;

        var verified = await client.AskAsync(VerifyRequest(simulator.PrivateKeyPem, challenge));

        Assert.EndsWith("\"result\":0,\"code\":0,\"id\":2}", verified);
        Assert.True((await client.ResultAsync("{\"id\":3,\"method\":\"pi_is_verified\"}")).GetBoolean());
        Assert.Contains("\"code\":0,\"id\":4", await client.AskAsync("{\"id\":4,\"verify\":true," + Coordinates));
    }

    [Fact]
    public async Task Locked_firmware_takes_the_signature_as_a_list_too()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Firmware = "7.18" });
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        var challenge = (await client.ResultAsync("{\"id\":1,\"method\":\"get_verify_str\"}")).GetProperty("str").GetString()!;

        var sign = Sign(simulator.PrivateKeyPem, challenge);
        var reply = await client.AskAsync($"{{\"id\":2,\"method\":\"verify_client\",\"params\":[\"{sign}\",\"{challenge}\"]}}");

        Assert.Contains("\"code\":0", reply);
    }

    [Fact]
    public async Task A_foreign_key_does_not_open_a_locked_telescope()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Firmware = "7.18" });
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        using var foreign = RSA.Create(1024);
        var challenge = (await client.ResultAsync("{\"id\":1,\"method\":\"get_verify_str\"}")).GetProperty("str").GetString()!;

        var reply = await client.AskAsync(VerifyRequest(foreign.ExportRSAPrivateKeyPem(), challenge));

        Assert.DoesNotContain("\"code\":0", reply);
        Assert.False((await client.ResultAsync("{\"id\":3,\"method\":\"pi_is_verified\"}")).GetBoolean());
    }

    [Fact]
    public async Task One_connection_does_not_open_another()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Firmware = "7.18" });
        using var opened = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        using var other = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        var challenge = (await opened.ResultAsync("{\"id\":1,\"method\":\"get_verify_str\"}")).GetProperty("str").GetString()!;
        await opened.AskAsync(VerifyRequest(simulator.PrivateKeyPem, challenge));

        await other.SendAsync("{\"id\":1,\"verify\":true," + Coordinates + "\r\n");

        Assert.EndsWith("\"id\":99}", await other.AskAsync(Heartbeat));
    }

    [Fact]
    public async Task A_locked_telescope_resets_who_goes_on_asking()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Firmware = "7.18", IgnoredLinesBeforeReset = 3 });
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        await client.SendAsync("{\"id\":1,\"verify\":true," + Coordinates + "\r\n{\"id\":2,\"verify\":true," + Coordinates + "\r\n");
        Assert.EndsWith("\"id\":99}", await client.AskAsync(Heartbeat));

        await client.SendAsync("{\"id\":3,\"verify\":true," + Coordinates + "\r\n");

        await client.EndAsync();
    }

    [Fact]
    public async Task A_locked_telescope_tells_events_to_whoever_listens()
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Firmware = "9.31" }, clock);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        simulator.StartView();
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("View working", (await client.EventsUntilAsync("\"View\"")).Single().Summary);
    }

    internal static string VerifyRequest(string pem, string challenge) =>
        $"{{\"id\":2,\"method\":\"verify_client\",\"params\":{{\"sign\":\"{Sign(pem, challenge)}\",\"data\":{JsonSerializer.Serialize(challenge)}}}}}";

    private static string Sign(string pem, string challenge)
    {
        using var key = RSA.Create();
        key.ImportFromPem(pem);
        return Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(challenge), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));
    }
}
