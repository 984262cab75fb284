using SeestarAlpaca.EndToEnd.Tests.Support;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Simulator;

namespace SeestarAlpaca.EndToEnd.Tests.Telescopes;

/// <summary>What a telescope notices of the server.</summary>
public sealed class MannersTests
{
    [Fact]
    public async Task No_picture_is_asked_for_while_nobody_wants_one()
    {
        await using var observatory = await Observatory.StartAsync();

        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Telescope.StackedFrames >= 5);

        Assert.Empty(observatory.Simulator.ImageRequests);
        Assert.Equal(0, observatory.Simulator.ImageConnections);
    }

    [Fact]
    public async Task The_image_port_is_released_a_minute_after_the_last_client_has_gone()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var observatory = await Observatory.StartAsync(time: clock);
        var client = observatory.Client(0, 11);
        await client.ConnectAsync();
        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Stack is not null);

        await client.DisconnectAsync();
        Assert.Equal(LinkPhase.Open, observatory.Telescope.Session.Snapshot.Image.Phase);
        for (var heartbeats = 1; heartbeats <= 16; heartbeats++)
        {
            clock.Advance(TimeSpan.FromSeconds(4));
            await AnsweredAsync(observatory.Simulator, heartbeats);
        }

        await observatory.WaitAsync(telescope => telescope.Session.Snapshot.Image.Phase == LinkPhase.Released);
    }

    /// <summary>Time must not pass faster than the telescope can answer, or it would count as dead.</summary>
    private static async Task AnsweredAsync(SeestarSimulator simulator, int heartbeats)
    {
        while (simulator.ImageConnections > 0 && simulator.ImageRequests.GetValueOrDefault("test_connection") < heartbeats)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
