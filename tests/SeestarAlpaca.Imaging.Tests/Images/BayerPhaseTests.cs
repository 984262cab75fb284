using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Tests.Images;

public sealed class BayerPhaseTests
{
    [Theory]
    [InlineData(BayerPhase.Rggb, 0, 0)]
    [InlineData(BayerPhase.Grbg, 1, 0)]
    [InlineData(BayerPhase.Gbrg, 0, 1)]
    [InlineData(BayerPhase.Bggr, 1, 1)]
    public void A_phase_tells_where_red_is(BayerPhase phase, int x, int y)
    {
        Assert.Equal((x, y), (phase.RedX(), phase.RedY()));
        Assert.Equal(0, phase.Channel(x, y));
        Assert.Equal(1, phase.Channel(x + 1, y));
        Assert.Equal(1, phase.Channel(x, y + 1));
        Assert.Equal(2, phase.Channel(x + 1, y + 1));
        Assert.Equal(0, phase.Channel(x + 2, y + 4));
    }

    [Fact]
    public void The_phase_at_an_offset_names_the_same_colours()
    {
        foreach (var phase in Enum.GetValues<BayerPhase>())
        {
            for (var offset = 0; offset < 9; offset++)
            {
                var (dx, dy) = (offset % 3, offset / 3);
                for (var place = 0; place < 4; place++)
                {
                    var (x, y) = (place % 2, place / 2);
                    Assert.Equal(phase.Channel(x + dx, y + dy), phase.At(dx, dy).Channel(x, y));
                }
            }
        }
    }

    [Fact]
    public void Negative_offsets_count_like_positive_ones()
    {
        Assert.Equal(BayerPhase.Bggr, BayerPhase.Rggb.At(-1, -3));
        Assert.Equal(BayerPhase.Grbg, BayerPhase.Grbg.At(-2, -4));
    }
}
