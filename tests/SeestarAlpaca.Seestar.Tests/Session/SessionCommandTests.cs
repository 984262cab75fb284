using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Seestar.Tests.Wire;

namespace SeestarAlpaca.Seestar.Tests.Session;

/// <summary>Telescopes that answer: old firmware, or the right key.</summary>
public class SessionCommandTests
{
    private const string Open = """{"device":{"sn":"4ddb0535","product_model":"Seestar S50","firmware_ver_string":"6.70"},"camera":{"chip_size":[1080,1920],"debayer_pattern":"GR"},"mount":{"close":false}}""";
    private const string Closed = """{"device":{"sn":"4ddb0535","product_model":"Seestar S50","firmware_ver_string":"6.70"},"mount":{"close":true}}""";
    private const string Stacking = """{"View":{"state":"working","mode":"star","target_name":"M44","stage":"Stack","Stack":{"state":"working","lapse_ms":40000,"stacked_frame":3,"dropped_frame":0}}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task State_is_read_at_once_and_every_twelve_seconds_and_only_the_harmless_keys_of_it()
    {
        await using var run = new RunningSession(prepare: telescope => telescope.Answers = Telescopes.Unlocked(Open, () => Stacking));
        using var state = run.Session.Demand.Want(FrameWish.State);
        var control = await run.ControlAsync();
        var asked = await control.NextAsync("get_device_state", Token);
        var known = await run.UntilAsync(now => now.Telescope.StackedFrames == 3);
        var times = new List<double>();
        for (var i = 0; i < 4; i++)
        {
            await run.PassUntilAsync(control.NextAsync("get_device_state", Token), 3600, control.Beats);
            times.Add(run.Now);
        }

        Assert.Equal(Access.Unlocked, known.Access);
        Assert.Equal(("4ddb0535", "Seestar S50", "M44"), (known.Telescope.Serial, known.Telescope.Model, known.Telescope.TargetName));
        Assert.Equal(QueryReader.DeviceStateKeys, asked["params"]!["keys"]!.AsArray().Select(key => key!.GetValue<string>()));

        // The clock of the test may run ahead of the session, never the other way round.
        Assert.InRange(times[^1] - times[0], 28, double.MaxValue);
    }

    [Fact]
    public async Task A_stack_that_is_found_at_work_is_fetched_once_without_waiting_for_an_event()
    {
        await using var run = new RunningSession(prepare: telescope => telescope.Answers = Telescopes.Unlocked(Open, () => Stacking));
        using var wish = run.Session.Demand.Want(FrameWish.EveryStack);
        var (control, image) = (await run.ControlAsync(), await run.ImageAsync());

        await run.DeliverAsync(image, 3);
        await run.PassAsync(40, control.Beats, image.Beats);

        Assert.Empty(image.TakeRequests());
        Assert.True(run.Session.Snapshot.IsStackPresent);
        Assert.Equal(3, run.Session.Snapshot.Stack!.Frames);
    }

    [Fact]
    public async Task An_answer_is_known_before_the_event_that_was_sent_after_it()
    {
        await using var run = new RunningSession(prepare: telescope => telescope.Answers = (method, _) => method switch
        {
            "get_view_state" => null,
            _ => Telescopes.Unlocked(Open, () => "{}")(method, null),
        });
        var control = await run.ControlAsync();
        var asked = await control.NextAsync("get_view_state", Token);

        var id = asked["id"]!.GetValue<long>();
        var reply = $$$"""{"method":"get_view_state","result":{"View":{"state":"working","mode":"star","stage":"ContinuousExposure"}},"code":0,"id":{{{id}}}}""";
        await control.SendAsync(reply + "\r\n" + Told.Stack(1));
        await run.TellAsync(control);

        Assert.True(run.Session.Snapshot.Telescope.IsStacking);
        Assert.False(run.Session.Snapshot.Telescope.IsLive);
    }

    [Fact]
    public async Task A_telescope_that_does_not_answer_for_state_is_watched_by_its_events()
    {
        await using var run = new RunningSession(prepare: telescope => telescope.Answers = (method, _) => method switch
        {
            "get_device_state" => "\"error\":\"fail to operate\",\"code\":207",
            "get_view_state" => null,
            _ => Telescopes.Unlocked(Open, () => "{}")(method, null),
        });
        using var state = run.Session.Demand.Want(FrameWish.State);
        var control = await run.ControlAsync();
        await control.Beats.MoreThanAsync(0, Token);

        await run.PassAsync(60, control.Beats);
        await run.TellAsync(control, Told.Stack(4));

        Assert.Equal(4, run.Session.Snapshot.Telescope.StackedFrames);
        Assert.Single(run.Telescope.Attempts(TelescopePort.Control));
    }

    [Fact]
    public async Task The_right_key_opens_a_locked_telescope()
    {
        using var key = RSA.Create(1024);
        await using var run = new RunningSession(
            new SessionOptions { PrivateKeyPem = key.ExportRSAPrivateKeyPem() },
            telescope => telescope.Answers = (method, parameters) => method switch
            {
                "get_verify_str" => Telescopes.Challenge,
                "verify_client" => IsSigned(key, parameters!) ? Telescopes.Done : "\"error\":\"fail to operate\",\"code\":207",
                _ => Telescopes.Unlocked(Open, () => Stacking)(method, parameters),
            });

        await run.ControlAsync();
        var known = await run.UntilAsync(now => now.Telescope.StackedFrames == 3);

        Assert.Equal(Access.Verified, known.Access);
    }

    [Fact]
    public async Task A_telescope_with_its_arm_closed_is_left_to_sleep_after_five_minutes_until_somebody_comes()
    {
        await using var run = new RunningSession(prepare: telescope => telescope.Answers = Telescopes.Unlocked(Closed, () => "{}"));
        var control = await run.ControlAsync();
        await run.UntilAsync(now => now.Telescope.ArmClosed is true && now.Telescope.Mode is not null);
        await control.Beats.MoreThanAsync(0, Token);

        await run.PassAsync(296, control.Beats);
        Assert.Equal(TelescopeStateName.ArmClosed, TelescopeStates.Of(run.Session.Snapshot).Name);
        var resting = run.UntilAsync(now => now.Control.Phase == LinkPhase.Released);
        await run.PassUntilAsync(resting, 60, control.Beats);
        await run.PassAsync(3600);
        Assert.Equal(TelescopeStateName.Resting, TelescopeStates.Of(run.Session.Snapshot).Name);
        Assert.Single(run.Telescope.Attempts(TelescopePort.Control));

        using var state = run.Session.Demand.Want(FrameWish.State);
        await run.ControlAsync();
        await run.UntilAsync(now => TelescopeStates.Of(now).Name == TelescopeStateName.ArmClosed);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_telescope_is_not_left_while_somebody_is_there_or_it_is_to_be_watched(bool somebody, bool keepWatching)
    {
        await using var run = new RunningSession(
            new SessionOptions { KeepWatching = keepWatching }, telescope => telescope.Answers = Telescopes.Unlocked(Closed, () => "{}"));
        using var state = somebody ? run.Session.Demand.Want(FrameWish.State) : null;
        var control = await run.ControlAsync();
        await run.UntilAsync(now => now.Telescope.ArmClosed is true);
        await control.Beats.MoreThanAsync(0, Token);

        await run.PassAsync(400, control.Beats);

        Assert.Equal(LinkPhase.Open, run.Session.Snapshot.Control.Phase);
        Assert.False(control.Ended.IsCompleted);
    }

    [Fact]
    public async Task Becoming_master_unasked_is_known()
    {
        await using var run = new RunningSession();
        var control = await run.ControlAsync();

        await run.TellAsync(control, """{"Event":"Client","is_master":true}""");

        Assert.True(run.Session.Snapshot.Telescope.IsMaster);
    }

    private static bool IsSigned(RSA key, JsonNode parameters) => key.VerifyData(
        "challenge-1234"u8, Convert.FromBase64String(parameters["sign"]!.GetValue<string>()), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
}
