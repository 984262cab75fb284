using System.Text;
using System.Text.Json;
using SeestarAlpaca.Seestar.Images;
using SeestarAlpaca.Seestar.Recording;
using SeestarAlpaca.Seestar.Tests.Images;

namespace SeestarAlpaca.Seestar.Tests.Recording;

public sealed class SecretMaskTests
{
    private readonly MaskedDialogue _dialogue = new(new SecretMask());

    [Theory]
    [InlineData("{\"id\":1,\"result\":{\"ap\":{\"ssid\":\"S50_4ddb0535\",\"passwd\":\"geheim99\",\"is_5g\":true}}}", "4ddb0535", "geheim99")]
    [InlineData("{\"id\":1,\"result\":{\"station\":{\"ssid\":\"Villa Kunterbunt\",\"ip\":\"192.168.1.246\",\"gateway\":\"192.168.1.1\",\"freq\":5200}}}", "Kunterbunt", "192.168")]
    [InlineData("{\"id\":1,\"result\":{\"location_lon_lat\":[13.404954,52.520008]}}", "13.4", "52.5")]
    [InlineData("{\"id\":1,\"result\":{\"LocationLonLat\":{\"a\":[13.404954,{\"b\":52.520008}]}}}", "13.4", "52.5")]
    [InlineData("{\"id\":1,\"result\":{\"Lat\":52.520008,\"LON\":13.404954}}", "13.4", "52.5")]
    [InlineData("{\"id\":1,\"method\":\"set_user_location\",\"params\":{\"lat\":52.52,\"lon\":13.405,\"force\":true}}", "52.5", "13.4")]
    [InlineData("{\"id\":1,\"params\":[52.52,13.405],\"method\":\"set_user_location\"}", "52.5", "13.4")]
    [InlineData("{\"id\":1,\"method\":\"get_user_location\",\"result\":[13.405,52.52],\"code\":0}", "52.5", "13.4")]
    [InlineData("{\"id\":1,\"method\":\"scope_get_horiz_coord\",\"result\":[47.1234,181.5678]}", "47.1", "181.5")]
    [InlineData("{\"Event\":\"ScopeGoto\",\"alt\":47.1234,\"az\":181.5678,\"dist_deg\":0.164454}", "47.1", "181.5")]
    [InlineData("{\"id\":1,\"method\":\"pi_station_set\",\"params\":[\"Villa\",\"geheim99\"]}", "Villa", "geheim99")]
    [InlineData("{\"id\":1,\"method\":\"pi_station_set\",\"params\":{\"ssid\":\"Villa\",\"password\":\"geheim99\",\"psk\":12345678}}", "Villa", "geheim99", "12345678")]
    [InlineData("{\"id\":1,\"method\":\"pi_set_time\",\"params\":[{\"year\":2026,\"time_zone\":\"Europe/Berlin\"}]}", "Berlin", "2026")]
    [InlineData("{\"id\":1,\"method\":\"get_verify_str\",\"result\":{\"str\":\"fWq3ndWm0l\"},\"code\":0}", "fWq3ndWm0l")]
    [InlineData("{\"id\":1,\"method\":\"verify_client\",\"params\":{\"sign\":\"c2lnbmF0dXJl\",\"data\":\"fWq3ndWm0l\"}}", "c2lnbmF0dXJl", "fWq3ndWm0l")]
    [InlineData("{\"id\":1,\"method\":\"verify_client\",\"params\":[\"c2lnbmF0dXJl\",\"fWq3ndWm0l\"]}", "c2lnbmF0dXJl", "fWq3ndWm0l")]
    [InlineData("{\"id\":1,\"result\":{\"private_key\":\"-----BEGIN RSA PRIVATE KEY-----MIIC\"}}", "MIIC")]
    [InlineData("{\"id\":1,\"result\":{\"device\":{\"sn\":\"4ddb0535\",\"cpuId\":\"0123456789abcdef\"}}}", "4ddb0535", "0123456789abcdef")]
    [InlineData("{\"id\":1,\"method\":\"set_setting\",\"params\":{\"cli_name\":\"Annikas iPhone\",\"wifi_country\":\"SE\"}}", "Annika", "SE\"")]
    [InlineData("{\"Event\":\"Client\",\"name\":\"Annikas iPhone\",\"is_master\":true}", "Annika")]
    [InlineData("{\"Event\":\"Station\",\"state\":\"complete\",\"net\":\"Villa\"}", "Villa")]
    [InlineData("{\"Event\":\"Alert\",\"text\":\"192.168.1.246 (AA:bb:cc:dd:ee:ff) has left\"}", "192.168", "AA:bb")]
    [InlineData("{\"id\":1,\"result\":{\"bssid\":\"aa:bb:cc:dd:ee:ff\",\"hostname\":\"annikas-mac.local\"}}", "aa:bb:cc", "annikas")]
    [InlineData("{\"id\":1,\"result\":{\"text\":\"{\\\"passwd\\\":\\\"geheim99\\\"}\"}}", "geheim99")]
    [InlineData("{\"id\":1,\"result\":{\"passwd\":\"erstes11\",\"passwd\":\"zweites22\"}}", "erstes11", "zweites22")]
    [InlineData("{\"id\":1,\"result\":{\"\\u0070asswd\":\"geh\\u0065im99\"}}", "geh\\u0065im99", "geheim99")]
    public void A_secret_is_masked(string line, params string[] secrets)
    {
        var masked = Answer(line);

        Assert.All(secrets, secret => Assert.DoesNotContain(secret, masked, StringComparison.Ordinal));
        Assert.Equal(Shape(line), Shape(masked));
    }

    [Theory]
    [InlineData("{\"Event\":\"PiStatus\",\"Timestamp\":\"8392.196562235\",\"temp\":59.900002}")]
    [InlineData("{\"Event\":\"View\", \"target_ra_dec\":[8.691287,19.514885],\"target_name\":\"M44 \\u00e4\",\"lp_filter\":false,\"route\":[]}")]
    [InlineData("{\"id\":1,\"verify\":true,\"method\":\"get_device_state\",\"params\":{\"keys\":[\"device\",\"pi_status\"]}}")]
    [InlineData("{\"id\":1,\"result\":{\"calib_location\":2,\"key_mgmt\":\"WPA2-PSK\",\"netmask\":\"a\",\"firmware_ver_string\":\"6.70\"}}")]
    [InlineData("{\"id\":1,\"method\":\"pi_is_verified\",\"result\":true,\"code\":0}")]
    [InlineData("{\"id\":1,\"method\":\"get_verify_str\",\"params\":\"verify\"}")]
    [InlineData("{\"id\":1,\"result\":{\"passwd\":\"\",\"location_lon_lat\":null,\"ssid\":false}}")]
    public void What_is_no_secret_stays_byte_for_byte(string line) => Assert.Equal(line, Answer(line));

    [Fact]
    public void Numbers_stay_numbers_with_their_decimals() =>
        Assert.Equal("{\"location_lon_lat\":[0.000000,0],\"a\":1}", Answer("{\"location_lon_lat\":[13.404954,5200],\"a\":1}"));

    [Fact]
    public void The_same_value_always_becomes_the_same_other_one_of_its_kind()
    {
        var first = Answer("{\"sn\":\"4ddb0535\"}");
        var second = Answer("{\"sn\":\"4ddb0535\"}");
        var other = Encoding.UTF8.GetString(new MaskedDialogue(new SecretMask()).Answer("{\"sn\":\"4ddb0535\"}"u8)!);

        Assert.Matches("^{\"sn\":\"[0-9a-f]{8}\"}$", first);
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Theory]
    [InlineData("{\"Event\":\"Alert\",\"text\":\"no way to Villa Kunterbunt today\"}")]
    [InlineData("{\"Event\":\"Alert\",\"VILLA KUNTERBUNT\":1}")]
    [InlineData("{\"Event\":\"Alert\",\"text\":\"eyJuZXQiOiJWaWxsYSBLdW50ZXJidW50In0=\"}")]
    [InlineData("{\"Event\":\"Alert\",\"text\":\"http://x/?net=Villa%20Kunterbunt\"}")]
    [InlineData("{\"Event\":\"Alert\",\"text\":\"Vi\\u006cla Kunterbunt\"}")]
    [InlineData("{\"Event\":\"Alert\",\"text\":\"56696C6C61204B756E74657262756E74\"}")]
    public void A_secret_that_was_seen_is_masked_wherever_it_recurs(string line)
    {
        Answer("{\"ssid\":\"Villa Kunterbunt\"}");

        var masked = Answer(line);

        Assert.NotEqual(line, masked);
        Assert.DoesNotContain("unterbunt", masked, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_position_that_was_seen_is_masked_wherever_its_numbers_recur()
    {
        Request("{\"id\":1,\"method\":\"set_user_location\",\"params\":{\"lat\":52.52001,\"lon\":13.40495}}");

        var masked = Answer("{\"Event\":\"Alert\",\"x\":[13.404949,52.520012],\"text\":\"at 52.52001\",\"Timestamp\":\"1152.520011111\"}");

        Assert.Equal("{\"Event\":\"Alert\",\"x\":[0.000000,0.000000],\"text\":\"at 0\",\"Timestamp\":\"1152.520011111\"}", masked);
    }

    [Fact]
    public void A_short_secret_is_masked_as_a_word_only_and_never_as_a_word_of_the_protocol()
    {
        Answer("{\"ssid\":\"net\"}");
        Answer("{\"ssid\":\"Stack\"}");

        var masked = Answer("{\"Event\":\"Stack\",\"text\":\"the net is magnetic\",\"route\":[\"View\"]}");

        Assert.Matches("^{\"Event\":\"Stack\",\"text\":\"the masked-[0-9a-f]{8} is magnetic\",\"route\":\\[\"View\"\\]}$", masked);
    }

    [Fact]
    public void A_reply_that_does_not_name_its_method_is_as_secret_as_its_request()
    {
        Request("{\"id\":\"a\",\"method\":\"get_user_location\"}");

        var masked = Answer("{\"id\":\"a\",\"result\":[13.4,52.5],\"code\":0}");

        Assert.Equal("{\"id\":\"a\",\"result\":[0.0,0.0],\"code\":0}", masked);
    }

    [Fact]
    public void An_id_that_is_used_again_makes_no_other_reply_secret()
    {
        Request("{\"id\":7,\"method\":\"get_user_location\"}");
        Answer("{\"id\":7,\"method\":\"get_user_location\",\"result\":[13.4,52.5],\"code\":0}");

        Assert.Equal("{\"id\":7,\"result\":{\"fnumber\":5.000000}}", Answer("{\"id\":7,\"result\":{\"fnumber\":5.000000}}"));
    }

    [Theory]
    [InlineData("geheim99")]
    [InlineData("\"geheim99\"")]
    [InlineData("[\"geheim99\"]")]
    [InlineData("{\"passwd\":\"geheim99\"")]
    [InlineData("{\"name\":annikas-mac,\"passwd\":\"geheim99\"}")]
    [InlineData("{\"a\":1}{\"passwd\":\"geheim99\"}")]
    [InlineData("{\"a\":\"\\uD800\",\"passwd\":\"geheim99\"}")]
    public void What_is_no_JSON_object_cannot_be_freed_of_secrets(string line)
    {
        Assert.Null(_dialogue.Answer(Encoding.UTF8.GetBytes(line)));
        Assert.Null(_dialogue.Request(Encoding.UTF8.GetBytes(line)));
    }

    [Fact]
    public void A_text_frame_is_masked_and_its_header_tells_of_the_new_text()
    {
        Answer("{\"ssid\":\"Villa Kunterbunt\"}");
        var frame = FrameBytes.Text("no image for Villa Kunterbunt!", 23);

        var (header, text) = _dialogue.TextFrame(frame.AsSpan(0, 80), frame.AsSpan(80));

        Assert.StartsWith("no image for masked-", Encoding.ASCII.GetString(text), StringComparison.Ordinal);
        Assert.Equal((text.Length, (byte)23), (FrameHeader.Parse(header).PayloadLength, FrameHeader.Parse(header).RequestId));
        Assert.Equal(("n"u8[0], "!"u8[0]), (header[10], header[11]));
    }

    private string Answer(string line) => Encoding.UTF8.GetString(_dialogue.Answer(Encoding.UTF8.GetBytes(line))!);

    private void Request(string line) => Assert.NotNull(_dialogue.Request(Encoding.UTF8.GetBytes(line)));

    /// <summary>Names and types of a line, without its values.</summary>
    private static string Shape(string line)
    {
        using var json = JsonDocument.Parse(line);
        return Shape(json.RootElement);
    }

    private static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().Select(member => $"{member.Name}:{Shape(member.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Shape))}]",
        var kind => kind.ToString(),
    };
}
