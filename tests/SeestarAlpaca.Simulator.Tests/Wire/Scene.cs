using System.Text.Json;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Tests.Clients;
using SeestarAlpaca.Simulator.Tests.Control;

namespace SeestarAlpaca.Simulator.Tests.Wire;

/// <summary>What the telescope is doing when it is asked.</summary>
public enum Doing
{
    /// <summary>It has just been switched on.</summary>
    Nothing,

    /// <summary>It shows the sky, without a target.</summary>
    LiveView,

    /// <summary>It stacks a target; one sub is in the stack, solved and annotated.</summary>
    Stacking,

    /// <summary>It has stacked, and the stack was saved.</summary>
    Saved,

    /// <summary>It shows a landscape.</summary>
    Scenery,

    /// <summary>It shows the Sun.</summary>
    Sun,
}

/// <summary>A telescope of some model and firmware, doing something, and somebody who may command it; on a driven clock.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private const string Fence = "{\"id\":99,\"method\":\"test_connection\"}\r\n";

    private Scene(SeestarSimulator simulator, ManualTimeProvider clock, ControlClient client) => (Simulator, Clock, Client) = (simulator, clock, client);

    /// <summary>The captured profiles: model and firmware.</summary>
    public static IReadOnlyList<string> Profiles { get; } = ["S50 4.27", "S50 6.70", "S30 7.06", "S30Pro 8.46", "S30Pro 9.31"];

    public SeestarSimulator Simulator { get; }

    public ManualTimeProvider Clock { get; }

    public ControlClient Client { get; }

    /// <summary>The options of a profile such as <c>S50 6.70</c>.</summary>
    public static SimulatorOptions Options(string profile) => Start.Small with
    {
        Model = Enum.Parse<SeestarModel>(profile.Split(' ')[0]),
        Firmware = profile.Split(' ')[1],
        Serial = "00000000",
        EventBeforeReply = false,
    };

    public static Task<Scene> StartAsync(string profile, Doing doing) => StartAsync(Options(profile), doing);

    public static async Task<Scene> StartAsync(SimulatorOptions options, Doing doing)
    {
        var clock = new ManualTimeProvider();
        var simulator = await Start.SimulatorAsync(options, clock);
        var scene = new Scene(simulator, clock, await ControlClient.ConnectAsync(simulator.ControlEndPoint));
        await scene.OpenAsync();
        scene.Begin(doing);
        return scene;
    }

    /// <summary>Sends a request, complete but for its braces, and returns the reply however much simulated time it takes (up to three seconds).</summary>
    public async Task<string> AskAsync(string members)
    {
        await Client.SendAsync($"{{\"id\":7,\"verify\":true,{members}}}\r\n{Fence}");
        string? reply = null;
        for (var line = await Client.ReplyAsync(); !line.EndsWith("\"id\":99}", StringComparison.Ordinal); line = await Client.ReplyAsync())
        {
            reply = line;
        }

        if (reply is null)
        {
            Clock.Advance(TimeSpan.FromSeconds(3));
            reply = await Client.ReplyAsync();
        }

        return reply;
    }

    /// <summary>Sends a request and lets time pass.</summary>
    /// <returns>All events that were told since it was sent.</returns>
    public async Task<List<string>> ListenAsync(string members, double seconds)
    {
        await Client.AskAsync(Fence.TrimEnd());
        Client.Events.Clear();
        await AskAsync(members);
        Pass(seconds);
        await Client.AskAsync(Fence.TrimEnd());
        return Client.Events;
    }

    /// <summary>Lets simulated time pass.</summary>
    public void Pass(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return Simulator.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        var challenge = await AskAsync("\"method\":\"get_verify_str\",\"params\":\"verify\"");
        if (!challenge.Contains("\"code\":103", StringComparison.Ordinal))
        {
            var text = JsonDocument.Parse(challenge).RootElement.GetProperty("result").GetProperty("str").GetString()!;
            Assert.Contains("\"code\":0", await Client.AskAsync(AuthenticationTests.VerifyRequest(Simulator.PrivateKeyPem, text)));
        }
    }

    private void Begin(Doing doing)
    {
        switch (doing)
        {
            case Doing.LiveView:
                Simulator.StartView();
                Clock.AdvanceUntil(() => Simulator.Stage == "ContinuousExposure");
                Pass(2);
                break;
            case Doing.Stacking or Doing.Saved:
                Simulator.StartView(Start.M81);
                Clock.AdvanceUntil(() => Simulator.Stage == "ContinuousExposure");
                Simulator.StartStack();
                Clock.AdvanceUntil(() => Simulator.Stage == "Stack" && Simulator.StackedFrame >= 1);
                Pass(5);
                break;
            case Doing.Scenery:
                Simulator.StartScenery();
                Clock.AdvanceUntil(() => Simulator.Stage == "RTSP");
                Pass(4);
                break;
            case Doing.Sun:
                Simulator.StartSolarSystem("sun");
                Clock.AdvanceUntil(() => Simulator.Stage == "RTSP");
                Pass(4);
                break;
        }

        if (doing == Doing.Saved)
        {
            Simulator.StopView();
            Clock.AdvanceUntil(() => Simulator.Stage is null);
            Pass(1);
        }
    }
}
