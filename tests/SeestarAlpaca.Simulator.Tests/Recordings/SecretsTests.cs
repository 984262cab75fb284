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

    [Fact]
    public async Task Nor_those_that_a_telescope_tells_of_in_its_own_words()
    {
        var file = Path.Combine(_folder, "words.ssrec");
        string[] secrets = ["Schöne Villa", "Villa", "13.404", "52.520", "48.137", "2003:e1", "fe80::", "192.168", "Annika", "geheim", "98765432", "37.128", "47.123"];
        await using (var recorder = TrafficRecorder.Start(file, "test", TimeProvider.System, NullLogger.Instance))
        {
            using var control = recorder.Open(RecordedPort.Control, "one");
            using var image = recorder.Open(RecordedPort.Image, "one");
            control.ClientLine("{\"id\":9,\"method\":\"pi_login\",\"params\":{\"code\":98765432,\"pass\":\"geheim99\"}}"u8);
            foreach (var line in (string[])
            [
                "{\"Event\":\"Client\",\"name\":\"Annikas iPhone\",\"location\":{\"x\":[13.404954,52.520008]},\"ipv6\":\"2003:e1:bf12:9a00::77\"}",
                "{\"Event\":\"Station\",\"state\":\"joined Schöne Villa\",\"ssid\":\"Schöne Villa\",\"ap\":{\"pos\":[48.137154]}}",
                "{\"Event\":\"Location\",\"location_lon_lat\":[13.404954,52.520008],\"cur_alt\":47.123401,\"at\":[52.520008]}",
                "{\"Event\":\"Alert\",\"stage\":\"left Schöne Villa\",\"text\":\"SCH\\u00d6NE VILLA: no way to 192.168.1.77. Nor to fe80::1ff:fe23:4567:890a, of Annikas iPhone.\"}",
                "{\"id\":9.0,\"method\":\"get_view_state\",\"error\":\"geheim99 is wrong\",\"data\":[98765432,13.404954],\"code\":207}",
                "{\"Event\":\"PiStatus\",\"pin\":98765432,\"balance_sensor\":{\"data\":{\"angle\":37.128624}}}",
            ])
            {
                control.TelescopeSent(Encoding.UTF8.GetBytes(line + "\r\n"));
            }

            var text = Encoding.UTF8.GetBytes("no image for Schöne Villa");
            var frame = new byte[80 + text.Length];
            new Seestar.Images.FrameHeader(text.Length, Seestar.Images.FrameKind.Text, Seestar.Images.PayloadForm.Text, 23, 0, 0, false, 0).Write(frame, text[0], text[^1]);
            text.CopyTo(frame, 80);
            image.TelescopeSent(frame);
        }

        var everything = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file, Token));

        Assert.Contains("no image for masked-", everything, StringComparison.Ordinal);
        Assert.All((string[])["Client", "Station", "Location", "Alert", "PiStatus"], name => Assert.Contains($"\"Event\":\"{name}\"", everything, StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, everything, StringComparison.OrdinalIgnoreCase));
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
