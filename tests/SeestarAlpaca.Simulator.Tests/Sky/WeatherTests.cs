using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Tests.Clients;

namespace SeestarAlpaca.Simulator.Tests.Sky;

/// <summary>What weather and optics do to subs, measured.</summary>
public sealed class WeatherTests
{
    private static readonly PictureSize Size = new(270, 480);
    private static readonly Pointing M51 = new("M 51", 13.5, 47);

    [Fact]
    public void Clouds_dim_the_stars_and_brighten_the_sky_unevenly()
    {
        var (clear, cloudy) = (Expose(SkyConditions.Clear), Expose(new SkyConditions { Clouds = 0.6 }));

        var dimming = Stars(clear).Select(star => Flux(cloudy, star, 6) / Flux(clear, star, 6)).ToArray();
        Assert.InRange(dimming.Average(), 0.25, 0.55);
        Assert.True(dimming.Max() - dimming.Min() > 0.2, $"From {dimming.Min()} to {dimming.Max()}: the clouds are uneven.");
        Assert.InRange(Blocks(cloudy).Average() - Blocks(clear).Average(), 120, 500);
        Assert.True(Spread(Blocks(cloudy)) > 1.5 * Spread(Blocks(clear)));
    }

    [Fact]
    public void Clouds_move()
    {
        var (now, later) = (Blocks(Expose(new SkyConditions { Clouds = 0.6 })), Blocks(Expose(new SkyConditions { Clouds = 0.6, CloudPath = 0.5 })));

        Assert.True(now.Zip(later, (one, other) => Math.Abs(one - other)).Average() > 20);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.5)]
    [InlineData(2.5)]
    public void Lost_focus_widens_stars_by_its_factor_and_keeps_their_light(double factor)
    {
        var (sharp, wide) = (Draw(SkyConditions.Clear), Draw(new SkyConditions { Focus = factor }));

        Assert.Equal(2.8, Fwhm(sharp), 0.15);
        Assert.Equal(2.8 * factor, Fwhm(wide), 0.15);
        Assert.InRange(Sum(wide) / Sum(sharp), 0.98, 1.01);
    }

    [Fact]
    public void Dew_dims_stars_and_surrounds_them_with_a_halo()
    {
        var (dry, bedewed) = (Draw(SkyConditions.Clear), Draw(new SkyConditions { Dew = 0.8 }));

        Assert.InRange(Sum(bedewed) / Sum(dry), 0.46, 0.54);
        Assert.InRange(Sum(bedewed, within: 10) / Sum(bedewed), 0.55, 0.75);
        Assert.InRange(Sum(dry, within: 10) / Sum(dry), 0.95, 1);
        Assert.Equal(Fwhm(dry), Fwhm(bedewed), 0.2);
    }

    [Fact]
    public void Rotation_makes_arcs_that_grow_with_the_distance_from_the_middle()
    {
        const double Degrees = 6;
        var lengths = new[] { 0, 40, 80, 120 }.Select(radius => Arc(radius, Degrees)).ToArray();

        Assert.All(lengths.Zip(new[] { 0, 40, 80, 120 }), pair =>
            Assert.Equal(pair.Second * double.DegreesToRadians(Degrees), pair.First, 0.35 + (0.06 * pair.First)));
    }

    [Fact]
    public void A_trail_is_one_straight_line_across_the_sub()
    {
        var (without, with) = (Expose(SkyConditions.Clear), Expose(new SkyConditions { Trail = TrailKind.Satellite }));

        var changed = Enumerable.Range(0, without.Samples.Length).Where(i => with.Samples[i] > without.Samples[i] + 600)
            .Select(i => (X: (double)(i % Size.Width), Y: (double)(i / Size.Width))).ToList();
        var (length, width) = Axes(changed);
        Assert.True(length * Math.Sqrt(12) > 0.6 * Size.Width, $"The line is {length * Math.Sqrt(12)} pixels long.");
        Assert.InRange(width, 0.5, 2.5);
    }

    [Fact]
    public void A_planes_trail_blinks()
    {
        var (without, with) = (Expose(SkyConditions.Clear), Expose(new SkyConditions { Trail = TrailKind.Plane }));
        var line = Enumerable.Range(0, without.Samples.Length).Select(i => with.Samples[i] - without.Samples[i]).ToArray();

        Assert.True(line.Count(excess => excess > 5000) > 20);
        Assert.True(line.Count(excess => excess is > 300 and < 800) > 20);
    }

    [Fact]
    public async Task A_trail_crosses_exactly_one_sub_of_a_stack()
    {
        var clock = new ManualTimeProvider();
        var options = Start.Small with { Size = Size, StartStacking = true };
        await using var simulator = await Start.SimulatorAsync(options, clock);
        await using var twin = await Start.SimulatorAsync(options, clock);
        clock.AdvanceUntil(() => simulator.StackedFrame == 1);
        simulator.Scenario.Do("trail");

        var differing = 0;
        for (var frames = 2; frames <= 5; frames++)
        {
            clock.AdvanceUntil(() => simulator.StackedFrame == frames);
            using var sub = simulator.CopySub()!;
            using var same = twin.CopySub()!;
            differing += sub.Samples.SequenceEqual(same.Samples) ? 0 : 1;
        }

        Assert.Equal(1, differing);
    }

    [Theory]
    [InlineData("clouds cover:0.95", 263)]
    [InlineData("focus factor:4", 263)]
    [InlineData("wind pixels:12,minutes:100", 530)]
    [InlineData("rotation rate:3600", 530)]
    public async Task Subs_are_rejected_where_the_weather_spoils_them(string weather, int code)
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await Start.SimulatorAsync(Start.Small with { Size = Size, StartStacking = true }, clock);
        clock.AdvanceUntil(() => simulator.StackedFrame == 2);
        using var control = await ControlClient.ConnectAsync(simulator.ControlEndPoint);

        simulator.Scenario.Do(weather);
        clock.AdvanceUntil(() => simulator.Scenario.State.DroppedFrames >= 3);
        var events = await control.EventsUntilAsync("\"dropped_frame\":3", "frame_complete");

        Assert.InRange(simulator.StackedFrame, 2, 4);
        Assert.Contains(events, e => e.Summary == "Alert" && e["code"].GetInt32() == code);
    }

    [Theory]
    [InlineData("clouds cover:0.4")]
    [InlineData("focus factor:1.5")]
    [InlineData("dew amount:0.5")]
    [InlineData("rotation rate:15")]
    [InlineData("wind pixels:3,minutes:100")]
    public async Task A_little_of_it_does_not_end_a_stack(string weather)
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await Start.SimulatorAsync(Start.Small with { StartStacking = true }, clock);
        clock.AdvanceUntil(() => simulator.StackedFrame == 1);

        simulator.Scenario.Do(weather);
        clock.AdvanceUntil(() => simulator.StackedFrame == 5);

        Assert.Equal(0, simulator.Scenario.State.DroppedFrames);
    }

    private static BayerImage Expose(SkyConditions conditions) =>
        new SyntheticSource(SyntheticSkyKind.Stars, Size, new Sensor(16, 80, 1), 1)
            .Expose(new SubRequest(M51, new Exposure(10, 80), 37 * 23, 0) { Conditions = conditions });

    /// <summary>The brightest stars of a sub that do not saturate, stand alone and are away from the edges. A hot pixel is no star.</summary>
    private static List<(int X, int Y)> Stars(BayerImage sub)
    {
        const int Apart = 14;
        var stars = new List<(int X, int Y)>();
        foreach (var i in Enumerable.Range(0, sub.Samples.Length).OrderByDescending(i => sub.Samples[i]).Take(3000))
        {
            var (x, y) = (i % Size.Width, i / Size.Width);
            if (stars.TrueForAll(star => Math.Max(Math.Abs(star.X - x), Math.Abs(star.Y - y)) > Apart))
            {
                stars.Add((x, y));
            }
        }

        return [.. stars.Where(star => star.X > Apart && star.Y > Apart && star.X < Size.Width - Apart && star.Y < Size.Height - Apart
            && sub.Row(star.Y)[star.X] is > 2500 and < 60_000 && sub.Row(star.Y)[star.X + 2] > 1300).Take(12)];
    }

    /// <summary>Light in a square around a star above the median of a ring around it.</summary>
    private static double Flux(BayerImage sub, (int X, int Y) star, int radius)
    {
        var (around, inside) = (new Dictionary<int, List<double>>(), new List<(int Colour, double Value)>());
        for (var y = star.Y - radius - 5; y <= star.Y + radius + 5; y++)
        {
            for (var x = star.X - radius - 5; x <= star.X + radius + 5; x++)
            {
                var colour = (x & 1) + (2 * (y & 1));
                if (Math.Max(Math.Abs(x - star.X), Math.Abs(y - star.Y)) <= radius)
                {
                    inside.Add((colour, sub.Row(y)[x]));
                }
                else
                {
                    around.TryAdd(colour, []);
                    around[colour].Add(sub.Row(y)[x]);
                }
            }
        }

        var sky = around.ToDictionary(pair => pair.Key, pair => pair.Value.Order().ElementAt(pair.Value.Count / 2));
        return inside.Sum(pixel => pixel.Value - sky[pixel.Colour]);
    }

    /// <summary>Medians of blocks of 30 × 30 pixels.</summary>
    private static double[] Blocks(BayerImage sub) =>
        [.. from top in Enumerable.Range(0, Size.Height / 30)
            from left in Enumerable.Range(0, Size.Width / 30)
            let values = Enumerable.Range(0, 900).Select(i => (double)sub.Row((30 * top) + (i / 30))[(30 * left) + (i % 30)]).Order().ToArray()
            select values[450]];

    private static double Spread(double[] values) => Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2)));

    /// <summary>A single white star in the middle of a dark field.</summary>
    private static float[,] Draw(SkyConditions conditions, double x = 100, double y = 100)
    {
        var canvas = new SkyCanvas(new PictureSize(202, 202));
        StarImage.Add(canvas, new Star(x, y, 60_000, 0), conditions);
        var picture = new float[202, 202];
        for (var row = 0; row < 202; row++)
        {
            for (var column = 0; column < 202; column++)
            {
                picture[row, column] = canvas.Row(row, default)[column];
            }
        }

        return picture;
    }

    private static double Fwhm(float[,] star)
    {
        var half = star[100, 100] / 2;
        var x = 100;
        while (star[100, x] > half)
        {
            x++;
        }

        return 2 * (x - 100 - ((half - star[100, x]) / (star[100, x - 1] - star[100, x])));
    }

    private static double Sum(float[,] star, int within = 1000)
    {
        var sum = 0.0;
        for (var y = 0; y < 202; y++)
        {
            for (var x = 0; x < 202; x++)
            {
                sum += Math.Sqrt(Math.Pow(x - 100, 2) + Math.Pow(y - 100, 2)) <= within ? star[y, x] : 0;
            }
        }

        return sum;
    }

    /// <summary>The length of the arc of a star right of the middle, from how much longer than wide its image is.</summary>
    private static double Arc(double radius, double degrees)
    {
        var canvas = new SkyCanvas(new PictureSize(401, 201));
        StarImage.Add(canvas, new Star(200 + radius, 100, 60_000, 0), new SkyConditions { Rotation = degrees });
        var (sum, alongX, alongY, x1, y1) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var y = 0; y < 201; y++)
        {
            var row = canvas.Row(y, default);
            for (var x = 0; x < 401; x++)
            {
                sum += row[x];
                (x1, y1) = (x1 + (row[x] * x), y1 + (row[x] * y));
                (alongX, alongY) = (alongX + (row[x] * x * x), alongY + (row[x] * y * y));
            }
        }

        var (varianceX, varianceY) = ((alongX / sum) - Math.Pow(x1 / sum, 2), (alongY / sum) - Math.Pow(y1 / sum, 2));
        return Math.Sqrt(12 * Math.Max(0, varianceY - varianceX));
    }

    /// <summary>Standard deviations of points along and across their main direction.</summary>
    private static (double Along, double Across) Axes(List<(double X, double Y)> points)
    {
        var (meanX, meanY) = (points.Average(p => p.X), points.Average(p => p.Y));
        var (xx, yy, xy) = (
            points.Average(p => Math.Pow(p.X - meanX, 2)), points.Average(p => Math.Pow(p.Y - meanY, 2)), points.Average(p => (p.X - meanX) * (p.Y - meanY)));
        var root = Math.Sqrt(Math.Pow(xx - yy, 2) + (4 * xy * xy));
        return (Math.Sqrt((xx + yy + root) / 2), Math.Sqrt(Math.Max(0, (xx + yy - root) / 2)));
    }
}
