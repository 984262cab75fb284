using SeestarAlpaca.Imaging.Registration;

namespace SeestarAlpaca.Imaging.Tests.Registration;

public sealed class RigidTransformTests
{
    [Fact]
    public void A_quarter_turn_takes_the_x_axis_to_the_y_axis()
    {
        var (x, y) = new RigidTransform(Math.PI / 2, 10, 20).Apply(3, 0);

        Assert.Equal(10, x, 1e-9);
        Assert.Equal(23, y, 1e-9);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.3, -7.5, 120)]
    [InlineData(-2.9, 1000, 3)]
    public void The_inverse_undoes_it(double rotation, double offX, double offY)
    {
        var transform = new RigidTransform(rotation, offX, offY);

        var (x, y) = transform.Apply(123.4, -567.8);
        (x, y) = transform.Inverse().Apply(x, y);

        Assert.Equal(123.4, x, 1e-9);
        Assert.Equal(-567.8, y, 1e-9);
    }
}
