using SeestarAlpaca.Imaging.Color;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Sky;

namespace SeestarAlpaca.Simulator.Tests.Sky;

public sealed class FieldTests
{
    private static readonly PictureSize Size = new(270, 480);
    private static readonly Exposure TenSeconds = new(10, 80);
    private static readonly Pointing M51 = new("M 51", 13.5, 47);

    [Fact]
    public void The_three_brightest_stars_tell_north_up_and_west_right()
    {
        var green = Green(SyntheticSkyKind.Stars, M51);

        var first = TakeBrightest(green);
        var second = TakeBrightest(green);
        var third = TakeBrightest(green);

        Assert.Equal(first.X, second.X);
        Assert.True(second.Y < first.Y, "The second star is above the first.");
        Assert.Equal(first.Y, third.Y);
        Assert.True(third.X > first.X, "The third star is right of the first.");
        Assert.True(third.X - first.X < first.Y - second.Y, "The third star is the nearer one.");
    }

    [Fact]
    public void The_letter_f_is_upright_and_not_mirrored()
    {
        var green = Green(SyntheticSkyKind.LetterF, M51);
        var ink = Enumerable.Range(0, Size.Height)
            .Select(y => Enumerable.Range(0, Size.Width).Count(x => green[y, x] > 4000)).ToArray();
        var columns = Enumerable.Range(0, Size.Width)
            .Select(x => Enumerable.Range(0, Size.Height).Count(y => green[y, x] > 4000)).ToArray();
        var (top, bottom) = (Array.FindIndex(ink, n => n > 0), Array.FindLastIndex(ink, n => n > 0));
        var (left, right) = (Array.FindIndex(columns, n => n > 20), Array.FindLastIndex(columns, n => n > 20));
        var height = bottom - top;

        Assert.True(ink[top + 5] > ink[bottom - 5] * 3, "The bar is at the top, the foot is bare.");
        Assert.InRange(ink[top + (height / 2)], ink[bottom - 5] * 2, ink[top + 5] - 1);
        Assert.True(columns[left + 5] > columns[right - 5] * 3, "The stem is on the left.");
    }

    [Fact]
    public void The_colours_are_where_the_filters_of_a_seestar_are()
    {
        var sub = Source(SyntheticSkyKind.Stars, 1).Expose(new SubRequest(M51, TenSeconds, 1, 0));

        Assert.Equal(BayerPhase.Grbg, sub.Phase);
        Assert.InRange(Median(sub, 0, 0), 940, 1060);
        Assert.InRange(Median(sub, 1, 1), 940, 1060);
        Assert.InRange(Median(sub, 1, 0), 790, 900);
        Assert.InRange(Median(sub, 0, 1), 740, 850);
    }

    [Fact]
    public void The_same_seed_and_request_give_the_same_pixels()
    {
        var request = new SubRequest(M51, TenSeconds, 7, 0);

        var (one, other) = (Source(SyntheticSkyKind.Stars, 5).Expose(request), Source(SyntheticSkyKind.Stars, 5).Expose(request));

        Assert.Equal(one.Samples.ToArray(), other.Samples.ToArray());
    }

    [Fact]
    public void Another_target_is_another_sky()
    {
        var one = TakeBrightest(Green(SyntheticSkyKind.Stars, M51));
        var other = TakeBrightest(Green(SyntheticSkyKind.Stars, new Pointing("M 81", 9.9, 69)));

        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Drift_is_even_slow_and_within_the_border()
    {
        var drifts = Enumerable.Range(0, 500).Select(number => Drift.Of(1, number)).ToArray();

        Assert.All(drifts, drift => Assert.True(drift.X % 2 == 0 && drift.Y % 2 == 0 && Math.Max(Math.Abs(drift.X), Math.Abs(drift.Y)) <= SkyCanvas.Border));
        Assert.All(drifts.Zip(drifts[1..]), pair => Assert.InRange(Math.Abs(pair.First.X - pair.Second.X), 0, 2));
        Assert.True(drifts.Distinct().Count() > 10);
    }

    private static SyntheticSource Source(SyntheticSkyKind kind, ulong seed) => new(kind, Size, new Sensor(16, 80, seed), seed);

    /// <summary>The green channel of a field without noise.</summary>
    private static ushort[,] Green(SyntheticSkyKind kind, Pointing pointing)
    {
        var colours = Demosaic.Bilinear(Noiseless.Sub(SyntheticField.Draw(kind, Size, 1, pointing), default));
        var green = new ushort[Size.Height, Size.Width];
        for (var y = 0; y < Size.Height; y++)
        {
            for (var x = 0; x < Size.Width; x++)
            {
                green[y, x] = colours.Row(y)[(3 * x) + 1];
            }
        }

        return green;
    }

    /// <summary>The place of the brightest star, to the nearest four pixels; its surroundings are blackened.</summary>
    private static (int X, int Y) TakeBrightest(ushort[,] green)
    {
        var (best, total) = ((X: 0, Y: 0), 0L);
        for (var y = 3; y < Size.Height - 3; y++)
        {
            for (var x = 3; x < Size.Width - 3; x++)
            {
                var sum = 0L;
                for (var i = 0; i < 25; i++)
                {
                    sum += green[y + (i / 5) - 2, x + (i % 5) - 2];
                }

                (best, total) = sum > total ? ((x, y), sum) : (best, total);
            }
        }

        for (var y = Math.Max(0, best.Y - 10); y < Math.Min(Size.Height, best.Y + 11); y++)
        {
            for (var x = Math.Max(0, best.X - 10); x < Math.Min(Size.Width, best.X + 11); x++)
            {
                green[y, x] = 0;
            }
        }

        return ((best.X + 2) / 4, (best.Y + 2) / 4);
    }

    private static double Median(BayerImage sub, int x, int y)
    {
        var values = new List<ushort>();
        for (var row = y; row < sub.Height; row += 2)
        {
            for (var column = x; column < sub.Width; column += 2)
            {
                values.Add(sub.Row(row)[column]);
            }
        }

        values.Sort();
        return values[values.Count / 2];
    }
}

/// <summary>A field as a sub without noise.</summary>
internal static class Noiseless
{
    public static BayerImage Sub(SkyCanvas field, Drift drift)
    {
        var sub = new BayerImage(field.Size.Width, field.Size.Height, SkyCanvas.Phase);
        for (var y = 0; y < sub.Height; y++)
        {
            var light = field.Row(y, drift);
            for (var x = 0; x < sub.Width; x++)
            {
                sub.Writable[(y * sub.Width) + x] = (ushort)Math.Min(65504, light[x] + Sensor.Bias + 0.5f);
            }
        }

        return sub;
    }
}
