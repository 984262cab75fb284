using System.Text.Json;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Seestar.Tests.Session;

public class QueryReaderTests
{
    /// <summary>An S50 with firmware 6.70, arm closed (<c>seestar-protocol.md</c> §4.1), as asked for with our keys.</summary>
    private const string S50 =
        """{"device":{"name":"ASI AIR imager","firmware_ver_int":2670,"firmware_ver_string":"6.70","is_verified":true,"sn":"4ddb0535","cpuId":"0000000000000000","product_model":"Seestar S50","user_product_model":"Seestar S50","focal_len":250.000000,"fnumber":5.000000,"can_star_mode_sel_cam":false},"setting":{"temp_unit":"C","stack_dither":{"pix":100,"interval":5,"enable":true},"exp_ms":{"stack_l":10000,"continuous":500}},"camera":{"chip_size":[1080,1920],"pixel_size_um":2.900000,"debayer_pattern":"GR","hpc_num":7379},"mount":{"move_type":"none","close":true,"tracking":false,"equ_mode":true},"pi_status":{"is_overtemp":false,"temp":61.500000,"charger_status":"Charging","battery_capacity":69,"charge_online":true,"battery_temp":32}}""";

    /// <summary>An S30 with firmware 7.06 that stacks M 44 (<c>seestar-protocol.md</c> §4.3).</summary>
    private const string Stacking =
        """{"View":{"state":"working","lapse_ms":3257511,"mode":"star","cam_id":0,"target_ra_dec":[8.691287,19.514885],"target_name":"M44","lp_filter":false,"gain":200,"Stack":{"state":"working","lapse_ms":3243809,"frame_errcode":0,"stacked_frame":225,"dropped_frame":16,"can_annotate":true,"Exposure":{"state":"working","lapse_ms":6925,"exp_ms":10000.000000,"port":4700},"stage":"Exposure","Annotate":{"state":"complete","lapse_ms":3411,"result":{"image_size":[1080,1920],"annotations":[],"image_id":525}}},"stage":"Stack"}}""";

    private const string IdleAfterLive =
        """{"View":{"state":"cancel","lapse_ms":282203,"mode":"none","cam_id":0,"target_ra_dec":[9.000000,80.000000],"target_name":"Unknown","lp_filter":false,"gain":80,"ContinuousExposure":{"state":"cancel","lapse_ms":116133,"fps":2.024705},"stage":"ContinuousExposure"}}""";

    private const string ParkedAfterNight =
        """{"View":{"state":"cancel","mode":"star","target_name":"M1","Stack":{"state":"cancel","frame_errcode":266,"stacked_frame":1003,"dropped_frame":40,"jpg_name":"MyWorks/M1/Stacked_1003_M1_10.0s_LP_20260924-110824.jpg"},"stage":"Stack"}}""";

    private const string Sun =
        """{"View":{"state":"working","mode":"solar_sys","target_type":"sun","cam_id":0,"lp_filter":false,"RTSP":{"state":"working","lapse_ms":9738925,"roi_index":0,"port":4554},"stage":"RTSP"}}""";

    [Fact]
    public void The_device_state_of_an_S50_is_read()
    {
        var known = Device(TelescopeObservation.Nothing, S50);

        Assert.Equal(("4ddb0535", "Seestar S50", "6.70"), (known.Serial, known.Model, known.Firmware));
        Assert.Equal((BayerPhase.Grbg, (1080, 1920), 2.9), (known.Phase, known.SensorSize, known.PixelSize));
        Assert.Equal((true, TimeSpan.FromSeconds(10)), (known.ArmClosed, known.SubExposure));
        Assert.Equal(new PiStatusFields(69, true, 61.5, 32), known.Status);
    }

    [Theory]
    [InlineData("00000000")]
    [InlineData("short")]
    [InlineData("with space")]
    [InlineData("../../etc/passwd")]
    public void A_serial_number_that_can_be_none_is_unknown(string serial)
    {
        Assert.Null(Device(TelescopeObservation.Nothing, S50.Replace("4ddb0535", serial, StringComparison.Ordinal)).Serial);
    }

    [Fact]
    public void The_emulators_name_for_the_S30_Pro_is_made_whole()
    {
        Assert.Equal("Seestar S30 Pro", Device(TelescopeObservation.Nothing, """{"device":{"product_model":"Seestar S30P"}}""").Model);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("0")]
    [InlineData("""{"device":[],"camera":0,"mount":"no","pi_status":null,"setting":{"exp_ms":7}}""")]
    [InlineData("""{"camera":{"chip_size":[0,99999],"pixel_size_um":-1,"debayer_pattern":"XX"},"setting":{"exp_ms":{"stack_l":1e300}}}""")]
    public void A_device_state_that_says_nothing_usable_changes_nothing(string json)
    {
        var known = Device(TelescopeObservation.Nothing, S50);

        Assert.Equal(known with { HeardAt = null }, Device(known, json) with { HeardAt = null });
    }

    [Fact]
    public void An_arm_that_is_found_closed_ends_the_epoch_once()
    {
        var stacking = Told.After(Told.Stack(5));

        var closed = Device(stacking, S50);

        Assert.True(closed.Epoch > stacking.Epoch);
        Assert.Equal(closed.Epoch, Device(closed, S50).Epoch);
    }

    [Fact]
    public void The_keys_asked_for_are_none_of_those_that_hold_secrets()
    {
        Assert.Empty(QueryReader.DeviceStateKeys.Intersect(["ap", "station", "location_lon_lat"]));
        Assert.NotEmpty(QueryReader.DeviceStateKeys);
    }

    [Fact]
    public void A_stack_that_is_found_at_work_is_announced()
    {
        var known = View(TelescopeObservation.Nothing, Stacking);

        Assert.Equal(new StackMark(known.Epoch, 225), known.Announced);
        Assert.Equal(("star", "working", "M44", 200), (known.Mode, known.ViewState, known.TargetName, known.Gain));
        Assert.Equal((false, false, false), (known.IsMoving, known.IsInitialising, known.IsLive));
    }

    [Fact]
    public void The_same_stack_found_again_is_the_same_epoch()
    {
        var known = View(Told.After(Told.ViewOf("M44"), Told.Stack(224, 16, 3_232_000)), Stacking);

        Assert.Equal(known.Epoch, View(known, Stacking).Epoch);
        Assert.Equal(225, known.StackedFrames);
    }

    [Fact]
    public void An_answer_that_agrees_with_the_events_begins_no_epoch()
    {
        var told = Told.After(Told.ViewOf("M44"), Told.Stack(224, 16, 3_232_000));

        Assert.Equal(told.Epoch, View(told, Stacking).Epoch);
    }

    [Theory]
    [InlineData(ParkedAfterNight)]
    [InlineData(IdleAfterLive)]
    [InlineData(Sun)]
    [InlineData("{}")]
    public void Where_no_stack_is_at_work_none_is_announced(string state)
    {
        Assert.Null(View(TelescopeObservation.Nothing, state).Announced);
        Assert.Null(View(Told.After(Told.ViewOf("M44"), Told.Stack(5)), state).Announced);
    }

    [Fact]
    public void Nothing_shown_since_power_on_is_no_view()
    {
        var known = View(Told.After(Told.LiveView, Told.LiveExposure), "{}");

        Assert.Equal(("none", "cancel", false), (known.Mode, known.ViewState, known.IsLive));
    }

    [Theory]
    [InlineData("AutoGoto", true, false, false)]
    [InlineData("ScopeGoto", true, false, false)]
    [InlineData("Initialise", false, true, false)]
    [InlineData("ContinuousExposure", false, false, true)]
    [InlineData("Stack", false, false, false)]
    public void The_stage_tells_what_the_telescope_does(string stage, bool moving, bool initialising, bool live)
    {
        var known = View(TelescopeObservation.Nothing, $$$"""{"View":{"state":"working","mode":"star","stage":"{{{stage}}}"}}""");

        Assert.Equal((moving, initialising, live), (known.IsMoving, known.IsInitialising, known.IsLive));
    }

    [Fact]
    public void A_goto_that_is_found_under_way_ends_the_epoch_once()
    {
        const string Moving = """{"View":{"state":"working","mode":"star","target_name":"M44","stage":"AutoGoto"}}""";
        var before = Told.After(Told.ViewOf("M44"));

        var moving = View(before, Moving);

        Assert.True(moving.Epoch > before.Epoch);
        Assert.Equal(moving.Epoch, View(moving, Moving).Epoch);
    }

    [Fact]
    public void A_move_without_a_view_is_not_ended_by_an_answer_that_cannot_know()
    {
        var closing = Told.After(Told.LiveView, """{"Event":"View","state":"cancel","mode":"none","route":[]}""", """{"Event":"ScopeHome","state":"working"}""");

        Assert.True(View(closing, IdleAfterLive.Replace("Unknown", "", StringComparison.Ordinal)).IsMoving);
    }

    [Fact]
    public void Video_is_known_by_its_port()
    {
        var known = View(TelescopeObservation.Nothing, Sun);

        Assert.Equal(("solar_sys", 4554), (known.Mode, known.RtspPort));
    }

    private static TelescopeObservation Device(TelescopeObservation known, string json) =>
        QueryReader.ApplyDeviceState(known, JsonElement.Parse(json), DateTimeOffset.UnixEpoch);

    private static TelescopeObservation View(TelescopeObservation known, string json) =>
        QueryReader.ApplyViewState(known, JsonElement.Parse(json), DateTimeOffset.UnixEpoch);
}
