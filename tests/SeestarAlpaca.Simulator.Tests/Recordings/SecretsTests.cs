using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Tests.Clients;
using SeestarAlpaca.Simulator.Tests.Control;

namespace SeestarAlpaca.Simulator.Tests.Recordings;

public sealed partial class SecretsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seestaralpaca-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recording_holds_none_of_the_secrets_that_went_over_the_wire()
    {
        var file = Path.Combine(_folder, "night.ssrec");
        var secrets = new List<string> { "geheim99", "Villa Kunterbunt", "Kunterbunt", "52.520", "13.404", "Annika", "Europe/Stockholm", "8f00b204" };
        await using (var recorder = TrafficRecorder.Start(file, "test", TimeProvider.System, NullLogger.Instance))
        {
            await using var simulator = await Start.SimulatorAsync(
                Start.Small with { Model = SeestarModel.S30Pro, Firmware = "9.31", Serial = "8f00b204", Recorder = recorder, StartStacking = true, TimeScale = 50 });
            using var control = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
            using var image = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
            var challenge = (await control.ResultAsync("{\"id\":1,\"method\":\"get_verify_str\",\"params\":\"verify\"}")).GetProperty("str").GetString()!;
            var verify = AuthenticationTests.VerifyRequest(simulator.PrivateKeyPem, challenge);
            secrets.AddRange([challenge, JsonDocument.Parse(verify).RootElement.GetProperty("params").GetProperty("sign").GetString()!]);
            secrets.AddRange(simulator.PrivateKeyPem.Split('\n').Where(line => line.Length > 20 && !line.StartsWith('-')));
            await control.AskAsync(verify);
            foreach (var request in (string[])
            [
                "\"method\":\"set_user_location\",\"params\":{\"lat\":52.520008,\"lon\":13.404954,\"force\":true}",
                "\"method\":\"get_user_location\"",
                "\"method\":\"pi_set_time\",\"params\":[{\"year\":2026,\"mon\":1,\"day\":2,\"hour\":3,\"min\":4,\"sec\":5,\"time_zone\":\"Europe/Stockholm\"}]",
                "\"method\":\"pi_station_set\",\"params\":{\"ssid\":\"Villa Kunterbunt\",\"passwd\":\"geheim99\"}",
                "\"method\":\"set_setting\",\"params\":{\"cli_name\":\"Annikas iPhone\"}",
                "\"method\":\"play_sound\",\"params\":{\"num\":1,\"note\":\"Villa Kunterbunt, VmlsbGEgS3VudGVyYnVudA==, geheim99, 52.520008\"}",
                "\"method\":\"keep\",\"params\":{\"private_key\":" + JsonSerializer.Serialize(simulator.PrivateKeyPem) + "}",
                "\"method\":\"pi_station_state\"",
                "\"method\":\"get_device_state\"",
                "\"method\":\"scope_get_horiz_coord\"",
            ])
            {
                await control.AskAsync($"{{\"id\":7,\"verify\":true,{request}}}");
            }

            await control.SendAsync("{\"passwd\":\"geheim99\"\r\n");
            await control.ReplyAsync();
            await simulator.WaitForStackedFrameAsync(1, Token);
            Assert.Equal(5, (await image.AskAsync(23, "get_stacked_img")).Kind);
        }

        var everything = (string[])[Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Token)), .. Payloads(file)];

        Assert.Contains(everything, text => text.Contains("set_user_location", StringComparison.Ordinal));
        Assert.Contains(everything, text => text.Contains("Seestar S30 Pro", StringComparison.Ordinal));
        Assert.All(
            everything.SelectMany(text => (string[])[text, .. Base64().Matches(text).Select(match => Decode(match.Value))]),
            text => Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<string> Payloads(string path)
    {
        using var file = RecordingFile.Open(path);
        for (var at = RecordingFile.First; file.Next(at) is { } place; at = place.End)
        {
            yield return Encoding.Latin1.GetString(file.Read(place));
        }
    }

    private static string Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.Latin1.GetString(bytes, 0, length) : string.Empty;
    }

    [GeneratedRegex("[A-Za-z0-9+/]{8,}={0,2}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Base64();
}
