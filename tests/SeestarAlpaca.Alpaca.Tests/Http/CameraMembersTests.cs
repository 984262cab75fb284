using System.Text.Json;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Tests.Fakes;

namespace SeestarAlpaca.Alpaca.Tests.Http;

/// <summary>The members of a camera as clients see them (alpaca-camera.md §3).</summary>
public sealed class CameraMembersTests
{
    private readonly FakeCameraDevice _device = new();

    public static TheoryData<string, string> Readable => new()
    {
        { "bayeroffsetx", "11" },
        { "bayeroffsety", "12" },
        { "binx", "1" },
        { "biny", "14" },
        { "camerastate", "3" },
        { "cameraxsize", "1600" },
        { "cameraysize", "1700" },
        { "ccdtemperature", "-10.5" },
        { "connected", "false" },
        { "connecting", "false" },
        { "cooleron", "true" },
        { "coolerpower", "19.25" },
        { "description", "\"Fake description\"" },
        { "devicestate", "[]" },
        { "driverinfo", "\"Fake driver info\"" },
        { "driverversion", "\"1.2\"" },
        { "electronsperadu", "0.125" },
        { "exposuremax", "3600" },
        { "exposuremin", "0.001" },
        { "exposureresolution", "0.002" },
        { "fastreadout", "false" },
        { "fullwellcapacity", "50000" },
        { "gain", "20" },
        { "gainmax", "21" },
        { "gainmin", "22" },
        { "heatsinktemperature", "23.5" },
        { "interfaceversion", "4" },
        { "lastexposureduration", "24.5" },
        { "lastexposurestarttime", "\"2026-07-01T22:33:44.555\"" },
        { "maxadu", "65535" },
        { "maxbinx", "25" },
        { "maxbiny", "26" },
        { "name", "\"Fake name\"" },
        { "numx", "27" },
        { "numy", "28" },
        { "offset", "29" },
        { "offsetmax", "30" },
        { "offsetmin", "31" },
        { "offsets", "[\"low\",\"high\"]" },
        { "percentcompleted", "32" },
        { "pixelsizex", "2.9" },
        { "pixelsizey", "3.1" },
        { "readoutmode", "33" },
        { "readoutmodes", "[\"Live stack\",\"New frame\"]" },
        { "sensorname", "\"IMX462\"" },
        { "sensortype", "2" },
        { "setccdtemperature", "-34.5" },
        { "startx", "35" },
        { "starty", "36" },
        { "subexposureduration", "37.5" },
        { "supportedactions", "[\"Sing\",\"Dance\"]" },
    };

    public static TheoryData<string, string, string> Writable => new()
    {
        { "binx", "BinX=2", "2" },
        { "biny", "BinY=3", "3" },
        { "cooleron", "CoolerOn=False", "false" },
        { "fastreadout", "FastReadout=TRUE", "true" },
        { "gain", "Gain=-1", "-1" },
        { "numx", "NumX=100000", "100000" },
        { "numy", "NumY=41", "41" },
        { "offset", "Offset=42", "42" },
        { "readoutmode", "ReadoutMode=1", "1" },
        { "setccdtemperature", "SetCCDTemperature=-5.25", "-5.25" },
        { "startx", "StartX=43", "43" },
        { "starty", "StartY=44", "44" },
        { "subexposureduration", "SubExposureDuration=1e1", "10" },
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task A_property_is_read_with_its_own_value_and_JSON_type(string member, string expected)
    {
        await using var server = await TestServer.StartAsync(_device);

        var reply = (await server.GetAsync(member)).Succeeded();

        Assert.Equal(expected, reply.Value);
    }

    [Theory]
    [InlineData("canabortexposure")]
    [InlineData("canasymmetricbin")]
    [InlineData("canfastreadout")]
    [InlineData("cangetcoolerpower")]
    [InlineData("canpulseguide")]
    [InlineData("cansetccdtemperature")]
    [InlineData("canstopexposure")]
    [InlineData("hasshutter")]
    [InlineData("imageready")]
    [InlineData("ispulseguiding")]
    public async Task A_boolean_property_is_read_from_the_member_of_its_name(string member)
    {
        await using var server = await TestServer.StartAsync(_device);

        var before = await server.GetAsync(member);
        _device.Abilities.Add(member);
        var after = await server.GetAsync(member);

        Assert.Equal(("false", "true"), (before.Succeeded().Value, after.Succeeded().Value));
    }

    [Theory]
    [MemberData(nameof(Writable))]
    public async Task A_property_is_set_by_the_parameter_of_its_name(string member, string form, string expected)
    {
        await using var server = await TestServer.StartAsync(_device);
        var before = await AllAsync(server);

        var reply = (await server.PutAsync(member, form)).Succeeded();

        Assert.False(reply.Json.TryGetProperty("Value", out _));
        before[member] = expected;
        Assert.Equal(before, await AllAsync(server));
    }

    [Theory]
    [InlineData("abortexposure", "", "abort")]
    [InlineData("stopexposure", "", "stop")]
    [InlineData("startexposure", "Duration=2.5&Light=True", "2.5 s True")]
    [InlineData("startexposure", "Light=false&Duration=0", "0 s False")]
    [InlineData("pulseguide", "Direction=3&Duration=2000", "West 2000 ms")]
    public async Task A_method_is_called_with_its_parameters_in_any_order(string member, string form, string expected)
    {
        await using var server = await TestServer.StartAsync(_device);

        (await server.PutAsync(member, form)).Succeeded();

        Assert.Equal([expected], _device.Opened.Single().Exposures);
    }

    [Theory]
    [InlineData("action", "Action=Sing&Parameters=a+b%26c%C3%A9", "\"la a b&cé\"")]
    [InlineData("action", "Action=Sing&Parameters=", "\"la \"")]
    [InlineData("commandbool", "Command=x&Raw=true", "true")]
    [InlineData("commandstring", "Command=x&Raw=false", "\"x False\"")]
    public async Task A_function_gives_its_result_as_value(string member, string form, string expected)
    {
        await using var server = await TestServer.StartAsync(_device);

        var reply = (await server.PutAsync(member, form)).Succeeded();

        Assert.Equal(JsonSerializer.Deserialize<JsonElement>(expected).ToString(), reply.Json.GetProperty("Value").ToString());
    }

    [Theory]
    [InlineData("commandblind", "Command=x&Raw=true", 0x400)]
    [InlineData("action", "Action=Fly&Parameters=", 0x40C)]
    [InlineData("binx", "BinX=3", 0x401)]
    public async Task What_the_camera_refuses_is_an_ASCOM_error_on_status_200(string member, string form, int number)
    {
        await using var server = await TestServer.StartAsync(_device);

        var reply = await server.PutAsync(member, form);

        Assert.Equal((System.Net.HttpStatusCode.OK, number), (reply.Status, reply.ErrorNumber));
        Assert.NotEmpty(reply.ErrorMessage);
    }

    [Fact]
    public async Task Device_state_keeps_the_types_of_the_values_and_leaves_out_what_is_unknown()
    {
        _device.OnOpen = camera => camera.States =
        [
            new("CameraState", CameraState.Exposing),
            new("CCDTemperature", -10.5),
            new("ImageReady", true),
            new("PercentCompleted", (short)12),
            new("HeatSinkTemperature", null!),
            new(new DateTime(2026, 7, 1, 22, 33, 44, 5, DateTimeKind.Utc)),
        ];
        await using var server = await TestServer.StartAsync(_device);

        var reply = (await server.GetAsync("devicestate")).Succeeded();

        Assert.Equal(
            """[{"Name":"CameraState","Value":2},{"Name":"CCDTemperature","Value":-10.5},{"Name":"ImageReady","Value":true},"""
            + """{"Name":"PercentCompleted","Value":12},{"Name":"TimeStamp","Value":"2026-07-01T22:33:44.005Z"}]""",
            reply.Value);
    }

    [Theory]
    [InlineData("connecting", false)]
    [InlineData("devicestate", false)]
    [InlineData("connect", true)]
    [InlineData("disconnect", true)]
    public async Task A_camera_of_interface_version_3_has_no_members_of_version_4(string member, bool put)
    {
        await using var server = await TestServer.StartAsync(new FakeCameraDevice { InterfaceVersion = 3 });

        var reply = put ? await server.PutAsync(member) : await server.GetAsync(member);

        Assert.Equal(0x400, reply.ErrorNumber);
    }

    [Fact]
    public async Task Errors_of_reads_carry_a_value_of_the_right_type_since_clients_parse_it()
    {
        _device.OnOpen = camera => camera.PropertyError = DriverException.DeviceFailure("The exposure failed.", 0x501);
        await using var server = await TestServer.StartAsync(_device);

        var ready = await server.GetAsync("imageready");
        var gains = await server.GetAsync("gains");

        Assert.Equal(("false", 0x501, "The exposure failed."), (ready.Value, ready.ErrorNumber, ready.ErrorMessage));
        Assert.Equal(("[]", 0x400), (gains.Value, gains.ErrorNumber));
    }

    private static async Task<Dictionary<string, string>> AllAsync(TestServer server)
    {
        var all = new Dictionary<string, string>();
        foreach (var row in Writable)
        {
            all[row.Data.Item1] = (await server.GetAsync(row.Data.Item1)).Value;
        }

        return all;
    }
}
