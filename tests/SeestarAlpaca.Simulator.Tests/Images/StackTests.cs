using SeestarAlpaca.Imaging.Color;
using SeestarAlpaca.Imaging.Fits;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Images;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Tests.Clients;
using SeestarAlpaca.Simulator.Tests.Sky;

namespace SeestarAlpaca.Simulator.Tests.Images;

public sealed class StackTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void The_mean_is_rounded_half_up_and_registered_on_the_first_sub()
    {
        var mean = new RunningMean(new PictureSize(4, 2));
        mean.Add(Ramp(0), new Drift(2, 0));
        mean.Add(Ramp(201), new Drift(0, 0));

        // The second sub shows at column x + 2 what the first shows at x; where it does not reach, the first stands alone.
        using var stack = mean.Read(1);

        Assert.Equal([201, 301, 200, 300], Enumerable.Range(0, 4).Select(x => (int)stack.Row(0)[3 * x]));
    }

    [Fact]
    public async Task The_stack_is_the_mean_of_the_debayered_subs_moved_back_by_their_drift()
    {
        const int Subs = 12;
        await using var simulator = await Start.SimulatorAsync(Start.Small, _clock);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        simulator.Stack(_clock, 0);
        var subs = new List<(RgbImage Colours, Drift Drift)>();
        for (var i = 1; i <= Subs; i++)
        {
            _clock.AdvanceUntil(() => simulator.StackedFrame == i);
            var frame = await client.AskAsync(20, "get_current_img");
            subs.Add((Demosaic.Bilinear(ToBayer(frame)), Drift.Of(Hash.Mix(1), frame.ImageId)));
        }

        using var stack = simulator.CopyStack()!;

        Assert.True(subs.Select(sub => sub.Drift).Distinct().Count() > 3, "The telescope drifts.");
        Assert.Equal(Mean(subs), stack.Samples.ToArray());
    }

    [Fact]
    public async Task Noise_falls_with_the_square_root_of_the_number_of_subs()
    {
        var size = new PictureSize(128, 256);
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Size = size }, _clock);
        using var client = await ImageClient.ConnectAsync(simulator.ImageEndPoint);
        simulator.Stack(_clock, 1);
        var reference = Drift.Of(Hash.Mix(1), (await client.AskAsync(23, "get_stacked_img")).ImageId);
        var field = SyntheticField.Draw(SyntheticSkyKind.Stars, size, Hash.Mix(1), Pointing.At(simulator.Options.Target));
        using var truth = Demosaic.Bilinear(Noiseless.Sub(field, reference));

        var one = Deviation(simulator, truth);
        _clock.AdvanceUntil(() => simulator.StackedFrame == 4);
        var four = Deviation(simulator, truth);
        _clock.AdvanceUntil(() => simulator.StackedFrame == 25);
        var twentyFive = Deviation(simulator, truth);

        Assert.InRange(one, 40, 110);
        Assert.InRange(one / four, 1.9, 2.1);
        Assert.InRange(one / twentyFive, 4.7, 5.3);
    }

    [Fact]
    public async Task Another_target_makes_another_stack()
    {
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Sky = SyntheticSkyKind.LetterF }, _clock);
        simulator.Stack(_clock, 1);
        using var old = simulator.CopyStack()!;
        simulator.StartView(Start.M81);
        _clock.AdvanceUntil(() => simulator.Stage == "ContinuousExposure");
        simulator.StartStack();
        _clock.AdvanceUntil(() => simulator.Stage == "Stack" && simulator.StackedFrame == 1);

        using var stack = simulator.CopyStack()!;

        Assert.True(Enumerable.Range(0, stack.Samples.Length).Count(i => Math.Abs(stack.Samples[i] - old.Samples[i]) > 4000) > 100);
    }

    [Fact]
    public async Task Two_simulators_with_the_same_seed_and_clock_have_the_same_stack()
    {
        var stacks = new List<ushort[]>();
        foreach (var clock in new[] { new ManualTimeProvider(), new ManualTimeProvider() })
        {
            await using var simulator = await Start.SimulatorAsync(Start.Small with { StartStacking = true, Subs = 3 }, clock);
            clock.Advance(TimeSpan.FromMinutes(3));
            using var stack = simulator.CopyStack()!;
            stacks.Add(stack.Samples.ToArray());
        }

        Assert.Equal(stacks[0], stacks[1]);
    }

    [Fact]
    public async Task A_replay_without_alignment_ends_in_the_mean_of_the_subs()
    {
        var folder = TestData.Recorded("m94-subs");
        var subs = Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(file =>
        {
            using var stream = File.OpenRead(file);
            return (Demosaic.Bilinear((BayerImage)FitsReader.Read(stream).Image), default(Drift));
        }).ToList();
        await using var simulator = await Start.SimulatorAsync(Start.Small with { ReplayDirectory = folder, ReplayAlign = false, StartStacking = true }, _clock);

        _clock.AdvanceUntil(() => simulator.StackedFrame == subs.Count);
        _clock.Advance(TimeSpan.FromMinutes(1));

        using var stack = simulator.CopyStack()!;
        Assert.Equal((1080, 1920, 12), (stack.Width, stack.Height, simulator.StackedFrame));
        Assert.Equal(Mean(subs), stack.Samples.ToArray());
    }

    /// <summary>The mean of those subs that reach a pixel, the slow and plain way.</summary>
    private static ushort[] Mean(List<(RgbImage Colours, Drift Drift)> subs)
    {
        var (width, height) = (subs[0].Colours.Width, subs[0].Colours.Height);
        var mean = new ushort[3 * width * height];
        for (var i = 0; i < mean.Length; i++)
        {
            var (x, y) = (i / 3 % width, i / 3 / width);
            var (sum, count) = (0L, 0);
            foreach (var (colours, drift) in subs)
            {
                var (atX, atY) = (x - drift.X + subs[0].Drift.X, y - drift.Y + subs[0].Drift.Y);
                if (atX >= 0 && atX < width && atY >= 0 && atY < height)
                {
                    sum += colours.Samples[(3 * ((atY * width) + atX)) + (i % 3)];
                    count++;
                }
            }

            mean[i] = (ushort)Math.Floor(((double)sum / count) + 0.5);
        }

        return mean;
    }

    /// <summary>A robust standard deviation of the green channel against the noiseless truth, away from the edges.</summary>
    private static double Deviation(SeestarSimulator simulator, RgbImage truth)
    {
        using var stack = simulator.CopyStack()!;
        var differences = new List<int>();
        for (var y = 8; y < stack.Height - 8; y++)
        {
            for (var x = 8; x < stack.Width - 8; x++)
            {
                differences.Add(Math.Abs(stack.Row(y)[(3 * x) + 1] - truth.Row(y)[(3 * x) + 1]));
            }
        }

        differences.Sort();
        return 1.4826 * differences[differences.Count / 2];
    }

    private static RgbImage Ramp(int offset)
    {
        var image = new RgbImage(4, 2);
        for (var i = 0; i < image.Samples.Length; i++)
        {
            image.Writable[i] = (ushort)((100 * (i / 3 % 4)) + offset);
        }

        return image;
    }

    private static BayerImage ToBayer(WireFrame frame)
    {
        var image = new BayerImage(frame.Width, frame.Height, BayerPhase.Grbg);
        frame.Samples().CopyTo(image.Writable);
        return image;
    }
}
