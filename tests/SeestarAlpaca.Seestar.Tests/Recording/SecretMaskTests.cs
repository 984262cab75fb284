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
    [InlineData("{\"Event\":\"Location\",\"location_lon_lat\":[13.404954,52.520008]}", "13.4", "52.5")]
    [InlineData("{\"Event\":\"Location\",\"x\":13.404954,\"where\":[[52.520008]],\"state\":\"complete\"}", "13.4", "52.5")]
    [InlineData("{\"Event\":\"Client\",\"location\":{\"x\":[13.404954,52.520008]}}", "13.4", "52.5")]
    [InlineData("{\"Event\":\"Station\",\"ap\":{\"pos\":[48.137154],\"a\":{\"b\":[{\"c\":11.576124}]}}}", "48.1", "11.5")]
    [InlineData("{\"Event\":\"Station\",\"state\":\"joined Villa Kunterbunt\"}", "Kunterbunt")]
    [InlineData("{\"Event\":\"Alert\",\"text\":\"cannot reach 192.168.1.77.\"}", "192.168")]
    [InlineData("{\"Event\":\"Alert\",\"text\":\"reach fe80::1ff:fe23:4567:890a: no\",\"ipv6\":\"2003:e1:bf12:9a00::77\"}", "fe80", "2003:e1")]
    [InlineData("{\"Event\":\"Alert\",\"text\":\"[2003:e1:bf12:9a00:1:2:3:4]:4700 has left\"}", "2003:e1", "bf12")]
    [InlineData("{\"id\":1,\"method\":\"pi_login\",\"params\":{\"code\":48151623,\"id\":98765432}}", "48151623", "98765432")]
    [InlineData("{\"id\":1,\"method\":\"get_user_location\",\"error\":\"far from 52.520008\",\"data\":[13.404954],\"code\":207}", "52.5", "13.4")]
    [InlineData("{\"id\":1,\"result\":{\"device_sn\":\"4ddb0535\",\"serial_num\":\"4ddb0536\",\"wifi_mac\":\"aabbccddeeff\",\"pass\":\"geheim99\",\"tz\":\"Europe/Berlin\"}}", "4ddb053", "aabb", "geheim99", "Berlin")]
    [InlineData("{\"id\":1,\"result\":{\"site_lat\":52.520008,\"obs_lon\":13.404954,\"siteLat\":52.520008,\"country\":\"Norge\",\"country_code\":\"NO\"}}", "52.5", "13.4", "Norge", "NO\"")]
    [InlineData("{\"Event\":\"ScopeGoto\",\"cur_alt\":47.1234,\"cur_az\":181.5678}", "47.1", "181.5")]
    [InlineData("{\"id\":1,\"result\":{\"balance_sensor\":{\"code\":0,\"data\":{\"x\":0.046981,\"angle\":37.128624}}}}", "0.04", "37.1")]
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
    [InlineData("{\"Event\":\"Exposure\",\"page\":\"preview\",\"tag\":\"Exposure-AutoGoto\",\"state\":\"downloading\",\"route\":[\"View\",\"Stack\"]}")]
    [InlineData("{\"Event\":\"Alert\",\"text\":\"at 12:34:56, firmware 6.70, a::z\"}")]
    [InlineData("{\"id\":1,\"result\":{\"user_product_model\":\"Seestar S50\",\"user_stack_sim\":7,\"mosaic\":{\"scale\":1.500000,\"angle\":10.250000}}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":48151623,\"code\":207,\"method\":\"scope_get_equ_coord\",\"error\":\"fail to operate\"}")]
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

        var (header, text) = _dialogue.TextFrame(frame.AsSpan(0, 80), frame.AsSpan(80))!.Value;

        Assert.StartsWith("no image for masked-", Encoding.ASCII.GetString(text), StringComparison.Ordinal);
        Assert.Equal((text.Length, (byte)23), (FrameHeader.Parse(header).PayloadLength, FrameHeader.Parse(header).RequestId));
        Assert.Equal(("n"u8[0], "!"u8[0]), (header[10], header[11]));
    }

    [Theory]
    [InlineData("state")]
    [InlineData("mode")]
    [InlineData("stage")]
    [InlineData("page")]
    [InlineData("func")]
    [InlineData("tag")]
    [InlineData("route")]
    [InlineData("method")]
    [InlineData("Event")]
    public void Only_known_words_of_the_protocol_are_above_suspicion(string member)
    {
        Answer("{\"ssid\":\"Villa Kunterbunt\"}");

        var masked = Answer($"{{\"{member}\":\"joined Villa Kunterbunt\"}}");

        Assert.DoesNotContain("unterbunt", masked, StringComparison.Ordinal);
    }

    [Fact]
    public void Horizontal_coordinates_hide_no_other_numbers()
    {
        Request("{\"id\":1,\"method\":\"scope_get_horiz_coord\"}");
        Answer("{\"id\":1,\"method\":\"scope_get_horiz_coord\",\"result\":[47.123401,181.567801]}");
        Answer("{\"Event\":\"ScopeGoto\",\"cur_alt\":47.123401}");

        var masked = Answer("{\"Event\":\"View\",\"target_ra_dec\":[9.925881,47.123401]}");

        Assert.Equal("{\"Event\":\"View\",\"target_ra_dec\":[9.925881,47.123401]}", masked);
    }

    [Fact]
    public void However_many_secrets_there_were_the_next_is_remembered_as_well()
    {
        Answer("{\"lat\":52.520008,\"ssid\":\"Villa Kunterbunt\"}");
        for (var i = 0; i < 5000; i++)
        {
            Answer($"{{\"challenge\":\"challenge{i:D5}\",\"alt\":{i}.123456,\"lon\":{i % 180}.{i:D6},\"ssid\":\"Villa Kunterbunt\",\"lat\":52.520008}}");
        }

        Answer("{\"ssid\":\"Haus am See\",\"lat\":48.137154}");
        var masked = Answer("{\"text\":\"from Villa Kunterbunt to Haus am See\",\"x\":[52.520008,48.137154]}");

        Assert.Matches("^{\"text\":\"from masked-[0-9a-f]{8} to masked-[0-9a-f]{8}\",\"x\":\\[0.000000,0.000000\\]}$", masked);
    }

    [Fact]
    public void Thousands_of_secrets_make_masking_no_slower()
    {
        var known = new KnownSecrets();
        for (var i = 0; i < 4096; i++)
        {
            known.Substitute($"{i:D4} secrets", remember: true);
            known.SubstituteNumber($"52.{i:D6}", remember: true);
        }

        var text = string.Concat(Enumerable.Repeat("No star is detected at 9.925881. ", 30_000));
        var watch = TimeProvider.System.GetTimestamp();
        var cleaned = known.Clean(text);

        // Comparing each of them with each place takes minutes.
        Assert.Equal(text, cleaned);
        Assert.InRange(TimeProvider.System.GetElapsedTime(watch), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("{\"passwd\":\"98765432\"}", "{\"pin\":98765432}", "{\"pin\":0}")]
    [InlineData("{\"passwd\":98765432}", "{\"pin\":98765432}", "{\"pin\":0}")]
    [InlineData("{\"passwd\":98765432}", "{\"pin\":98765432.0}", "{\"pin\":0.0}")]
    [InlineData("{\"passwd\":98765432}", "{\"text\":\"it is 98765432.\"}", "{\"text\":\"it is 0.\"}")]
    [InlineData("{\"passwd\":2026}", "{\"text\":\"in 2026\",\"gain\":2026}", "{\"text\":\"in 2026\",\"gain\":2026}")]
    public void A_whole_number_that_was_seen_is_masked_wherever_it_recurs_if_it_is_long(string secret, string line, string expected)
    {
        Answer(secret);

        Assert.Equal(expected, Answer(line));
    }

    [Theory]
    [InlineData("9", "9.0")]
    [InlineData("9.0", "9")]
    [InlineData("9", "9e0")]
    [InlineData("9", "\"9\"")]
    [InlineData("\"a\"", "\"\\u0061\"")]
    public void A_reply_belongs_to_its_request_however_its_id_is_written(string asked, string answered)
    {
        Request($"{{\"id\":{asked},\"method\":\"get_user_location\"}}");

        Assert.Equal($"{{\"id\":{answered},\"result\":[0.0]}}", Answer($"{{\"id\":{answered},\"result\":[13.4]}}"));
    }

    [Fact]
    public void A_reply_that_names_another_method_is_as_secret_as_its_request()
    {
        Request("{\"id\":9,\"method\":\"get_user_location\"}");

        var masked = Answer("{\"id\":9,\"method\":\"get_view_state\",\"result\":[13.4],\"data\":[52.5],\"code\":0}");

        Assert.Equal("{\"id\":9,\"method\":\"get_view_state\",\"result\":[0.0],\"data\":[0.0],\"code\":0}", masked);
    }

    [Fact]
    public void Of_requests_with_the_same_id_a_reply_belongs_to_that_of_its_method()
    {
        Request("{\"id\":7,\"method\":\"get_device_state\"}");
        Request("{\"id\":7,\"method\":\"get_user_location\"}");

        var state = Answer("{\"id\":7,\"method\":\"get_device_state\",\"result\":{\"fnumber\":5.000000}}");
        var location = Answer("{\"id\":7,\"result\":[13.4,52.5]}");

        Assert.Equal("{\"id\":7,\"method\":\"get_device_state\",\"result\":{\"fnumber\":5.000000}}", state);
        Assert.Equal("{\"id\":7,\"result\":[0.0,0.0]}", location);
    }

    [Fact]
    public void What_a_secret_request_fails_with_hides_nothing_elsewhere()
    {
        Answer("{\"id\":1,\"method\":\"pi_station_set\",\"error\":\"fail to operate\",\"code\":207}");

        Assert.Equal("{\"id\":1,\"error\":\"fail to operate\"}", Answer("{\"id\":1,\"error\":\"fail to operate\"}"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_text_frame_may_hold_letters_beyond_ASCII(bool isUtf8)
    {
        Answer("{\"ssid\":\"Schöne Villa\"}");
        var encoding = isUtf8 ? Encoding.UTF8 : Encoding.Latin1;
        var frame = FrameBytes.Frame(new FrameHeader(0, FrameKind.Text, PayloadForm.Text, 23, 0, 0, false, 0), encoding.GetBytes("für Schöne Villa – ä".Replace('–', '-')));

        var (_, text) = _dialogue.TextFrame(frame.AsSpan(0, 80), frame.AsSpan(80))!.Value;

        Assert.Matches("^für masked-[0-9a-f]{8} - ä$", encoding.GetString(text));
    }

    [Fact]
    public void A_text_frame_that_masking_makes_longer_than_a_text_can_be_is_cut_off()
    {
        Answer("{\"ssid\":\"äbc\"}");
        var frame = FrameBytes.Frame(
            new FrameHeader(0, FrameKind.Text, PayloadForm.Text, 23, 0, 0, false, 0), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("äbc ö ", 510))));

        var (header, text) = _dialogue.TextFrame(frame.AsSpan(0, 80), frame.AsSpan(80))!.Value;

        Assert.InRange(text.Length, FrameHeader.MaxText - 3, FrameHeader.MaxText);
        Assert.Equal(text.Length, FrameHeader.Parse(header).PayloadLength);
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(text));
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
