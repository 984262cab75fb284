using SeestarAlpaca.Imaging.Stretch;

namespace SeestarAlpaca.Imaging.Tests.Stretch;

public sealed class MidtoneTransferTests
{
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Black_stays_black_white_stays_white_and_the_midtone_becomes_one_half(double midtone)
    {
        Assert.Equal(0, MidtoneTransfer.Apply(midtone, 0));
        Assert.Equal(0, MidtoneTransfer.Apply(midtone, -1));
        Assert.Equal(1, MidtoneTransfer.Apply(midtone, 1));
        Assert.Equal(1, MidtoneTransfer.Apply(midtone, 2));
        Assert.Equal(0.5, MidtoneTransfer.Apply(midtone, midtone), 1e-12);
    }

    [Fact]
    public void A_midtone_of_one_half_changes_nothing()
    {
        Assert.Equal(0.3, MidtoneTransfer.Apply(0.5, 0.3), 1e-12);
    }

    [Theory]
    [InlineData(0.001, 0.25)]
    [InlineData(0.25, 0.25)]
    [InlineData(0.8, 0.25)]
    [InlineData(0.1, 0.6)]
    public void The_balance_brings_a_value_to_its_target(double value, double target)
    {
        var midtone = MidtoneTransfer.Balance(value, target);

        Assert.Equal(target, MidtoneTransfer.Apply(midtone, value), 1e-12);
    }
}
