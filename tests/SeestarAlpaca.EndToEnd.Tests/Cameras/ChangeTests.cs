using System.Net.Sockets;
using System.Text;
using SeestarAlpaca.EndToEnd.Tests.Support;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Simulator;

namespace SeestarAlpaca.EndToEnd.Tests.Cameras;

/// <summary>What clients of every camera see when the telescope does something else in the middle of a connection.</summary>
public sealed class ChangeTests
{
    private static readonly ServerOptions Options = new()
    {
        Formats = [CameraFormat.Luminance, CameraFormat.LatestSub],
        Grace = TimeSpan.FromSeconds(1),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 216, 432)]
    [InlineData(1, 108, 216)]
    [InlineData(2, 108, 216)]
    public async Task When_the_stack_changes_its_size_exposures_are_refused_until_the_camera_is_connected_again(uint camera, int width, int widthAfterwards)
    {
        await using var observatory = await StartAsync(others: "set_setting");
        var client = await ConnectAsync(observatory, camera);

        await TellAsync(observatory.Simulator, """{"id":1,"verify":true,"method":"set_setting","params":{"stack":{"drizzle2x":true}}}""");
        observatory.Simulator.StopStack();
        await observatory.WaitAsync(telescope => !telescope.Session.Snapshot.Telescope.IsStacking);
        observatory.Simulator.StartStack();
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot is { IsStackPresent: true, Stack.Size.Width: 216 });
        var refused = await client.StartAsync(0.1);

        Assert.Equal((0x40B, "The stack is now 216×384; disconnect and connect the camera again."), (refused.Error, refused.Message));
        Assert.Equal(width, await client.NumberAsync("cameraxsize"));
        await client.DisconnectAsync();
        await client.ConnectAsync();
        Assert.Equal(widthAfterwards, await client.NumberAsync("cameraxsize"));
        AlpacaClient.Require(await client.ExposeAsync(0.1));
        Assert.Equal(widthAfterwards, (await client.DownloadBytesAsync()).Width);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task When_the_arm_closes_exposures_are_refused_and_the_last_picture_stays(uint camera)
    {
        await using var observatory = await StartAsync();
        var client = await ConnectAsync(observatory, camera);

        observatory.Simulator.CloseArm();
        await observatory.WaitAsync(telescope => telescope.State.Name == TelescopeStateName.ArmClosed);

        await AssertRefusedAsync(client, 0x40B, "arm is closed");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task When_the_view_becomes_scenery_exposures_are_refused_and_the_last_picture_stays(uint camera)
    {
        await using var observatory = await StartAsync();
        var client = await ConnectAsync(observatory, camera);

        observatory.Simulator.StartScenery();
        await observatory.WaitAsync(telescope => telescope.State.Name == TelescopeStateName.Scenery);

        await AssertRefusedAsync(client, 0x40B, "scenery");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task When_the_telescope_reboots_the_client_stays_connected_and_never_gets_a_picture_of_before(uint camera)
    {
        await using var observatory = await StartAsync();
        var client = await ConnectAsync(observatory, camera);

        observatory.Simulator.Faults.Inject("reboot=seconds:400");
        await observatory.WaitAsync(telescope => telescope.State.Name == TelescopeStateName.Unreachable);
        await LongEnoughAsync(observatory);
        await AssertRefusedAsync(client, 0x500, "cannot be reached");
        await observatory.WaitAsync(telescope =>
        {
            telescope.Session.RetryNow();
            return telescope.Session.Snapshot.Control.Phase == LinkPhase.Open;
        });
        var afterwards = await client.ExposeAsync(0.1);

        Assert.NotEqual(0, afterwards.Error);
        Assert.True((await client.GetAsync("connected")).Value.GetBoolean());
    }

    private static async Task<Observatory> StartAsync(params string[] others)
    {
        var simulator = await SeestarSimulator.StartAsync(
            Observatory.FastTelescope, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, Cancellation);
        var observatory = await Observatory.StartServerAsync([simulator], Options, null, null, Cancellation);
        observatory.OtherMethods = others;
        await observatory.LookAsync();
        return observatory;
    }

    /// <summary>A gap of a few seconds hides nothing; what was held before a longer one is not delivered any more.</summary>
    private static async Task LongEnoughAsync(Observatory observatory)
    {
        for (var tries = 0; observatory.Telescope.Session.Snapshot.IsStackPresent; tries++)
        {
            Assert.InRange(tries, 0, 2000);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }
    }

    /// <summary>A client that has taken one picture.</summary>
    private static async Task<AlpacaClient> ConnectAsync(Observatory observatory, uint camera)
    {
        var client = observatory.Client(camera, 11);
        await client.ConnectAsync();
        AlpacaClient.Require(await client.ExposeAsync(0.1));
        return client;
    }

    private static async Task AssertRefusedAsync(AlpacaClient client, int number, string tells)
    {
        var refused = await client.StartAsync(0.1);

        Assert.Equal(number, refused.Error);
        Assert.Contains(tells, refused.Message, StringComparison.Ordinal);
        Assert.True((await client.GetAsync("connected")).Value.GetBoolean());
        Assert.Equal(0, await client.NumberAsync("camerastate"));
        Assert.NotEmpty((await client.DownloadBytesAsync()).Samples);
    }

    /// <summary>Sends a line as the Seestar app would.</summary>
    private static async Task TellAsync(SeestarSimulator simulator, string line)
    {
        using var app = new TcpClient();
        await app.ConnectAsync(simulator.ControlEndPoint, Cancellation);
        await app.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), Cancellation);
        var answer = new byte[4096];
        while (!Encoding.UTF8.GetString(answer, 0, await app.GetStream().ReadAsync(answer, Cancellation)).Contains("\"id\":1", StringComparison.Ordinal))
        {
            Assert.True(app.Connected);
        }
    }
}
