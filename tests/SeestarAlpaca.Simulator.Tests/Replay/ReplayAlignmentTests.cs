using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Registration;
using SeestarAlpaca.Imaging.Stars;
using SeestarAlpaca.Simulator.Images;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests.Replay;

public sealed class ReplayAlignmentTests : IDisposable
{
    private static readonly (double X, double Y)[] Stars = ReplayFolder.Field(seed: 1, stars: 20);

    private readonly ManualTimeProvider _clock = new();
    private readonly ReplayFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Subs_that_cannot_be_registered_are_rejected_with_the_telescope_s_codes_and_the_others_stacked_on_the_first()
    {
        _folder.Add(field: []);
        _folder.Add(Stars);
        _folder.Add(Stars, new RigidTransform(0.01, 5.5, -3.25));
        _folder.Add(ReplayFolder.Field(seed: 2, stars: 20));
        _folder.Add(Stars, new RigidTransform(-0.02, -2.5, 6.75));
        var (simulator, frames) = await ReplayAsync(align: true, subs: 5);

        await using (simulator)
        {
            Assert.Equal([263, 0, 0, 264, 0], frames.Select(frame => frame["code"].GetInt32()));
            Assert.Equal("stack error, too few stars", frames[0]["error"].GetString());
            Assert.Equal("transform failed", frames[3]["error"].GetString());
            Assert.Equal([0, 1, 2, 2, 3], frames.Select(frame => frame["stacked_frame"].GetInt32()));
            Assert.Equal([1, 1, 1, 2, 2], frames.Select(frame => frame["dropped_frame"].GetInt32()));
            using var stack = simulator.CopyStack()!;
            var found = StarFinder.Find(stack);
            Assert.All(Stars[..10], star => Assert.Single(found, other => double.Hypot(other.X - star.X, other.Y - star.Y) < 0.25));
        }
    }

    [Fact]
    public async Task Without_alignment_every_sub_is_taken_as_it_is()
    {
        _folder.Add(field: []);
        _folder.Add(Stars);
        _folder.Add(Stars, new RigidTransform(0, 10, 0));
        var (simulator, frames) = await ReplayAsync(align: false, subs: 3);

        await using (simulator)
        {
            Assert.Equal([0, 0, 0], frames.Select(frame => frame["code"].GetInt32()));
            using var stack = simulator.CopyStack()!;
            var found = StarFinder.Find(stack);
            Assert.Contains(found, star => double.Hypot(star.X - Stars[0].X, star.Y - Stars[0].Y) < 0.5);
            Assert.Contains(found, star => double.Hypot(star.X - Stars[0].X - 10, star.Y - Stars[0].Y) < 0.5);
        }
    }

    [Fact]
    public void Where_a_moved_sub_does_not_reach_the_mean_is_that_of_the_others()
    {
        var mean = new RunningMean(new PictureSize(4, 3));
        mean.Add(Ramp(0), default(RigidTransform));
        mean.Add(Ramp(200), new RigidTransform(0, 1, 1));

        using var stack = mean.Read(1);

        // The second shows 200 + 100 · (x + 1) where x + 1 ≤ 3 and y + 1 ≤ 2.
        Assert.Equal([150, 250, 350, 300], Row(stack, 0));
        Assert.Equal([150, 250, 350, 300], Row(stack, 1));
        Assert.Equal([0, 100, 200, 300], Row(stack, 2));
    }

    private static RgbImage Ramp(int offset)
    {
        var image = new RgbImage(4, 3);
        for (var i = 0; i < image.Samples.Length; i++)
        {
            image.Writable[i] = (ushort)((100 * (i / 3 % 4)) + offset);
        }

        return image;
    }

    private static IEnumerable<int> Row(RgbImage image, int y) => Enumerable.Range(0, image.Width).Select(x => (int)image.Row(y)[3 * x]);

    private async Task<(SeestarSimulator Simulator, List<WireEvent> Frames)> ReplayAsync(bool align, int subs)
    {
        var options = Start.Small with { ReplayDirectory = _folder.Path, ReplayAlign = align, StartStacking = true };
        var simulator = await Start.SimulatorAsync(options, _clock);
        using var client = await ControlClient.ConnectAsync(simulator.ControlEndPoint);
        _clock.Advance(TimeSpan.FromSeconds(120));
        var events = await client.EventsUntilAsync("\"frame_complete\"", $"\"total_frame\":{subs}");
        return (simulator, [.. events.Where(e => e.Summary == "Stack frame_complete")]);
    }
}
