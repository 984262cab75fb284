using SeestarAlpaca.Alpaca.Devices;

namespace SeestarAlpaca.Alpaca.Tests.Devices;

public sealed class AlpacaImageTests
{
    [Theory]
    [InlineData(0, 3, 1, 0)]
    [InlineData(3, -1, 1, 3)]
    [InlineData(2, 3, 2, 12)]
    [InlineData(2, 3, 1, 5)]
    [InlineData(2, 3, 3, 6)]
    [InlineData(65536, 65536, 1, 0)]
    public void Sizes_that_do_not_fit_the_samples_are_refused(int width, int height, int planes, int samples) =>
        Assert.ThrowsAny<ArgumentException>(() => new AlpacaImage(width, height, planes, new ushort[samples]));

    [Fact]
    public void The_owner_gets_the_samples_back_once()
    {
        var owner = new Owner();
        var image = new AlpacaImage(1, 1, 1, new ushort[1], owner);

        image.Dispose();
        image.Dispose();

        Assert.Equal(1, owner.Returns);
        Assert.Throws<ObjectDisposedException>(() => image.Samples);
    }

    [Fact]
    public void An_image_array_has_the_samples_where_its_indices_say()
    {
        using var plain = new AlpacaImage(2, 3, 1, new ushort[] { 0, 1, 2, 10, 11, 12 });
        using var colour = new AlpacaImage(2, 1, 3, new ushort[] { 1, 2, 3, 101, 102, 65535 });

        Assert.Equal(new[,] { { 0, 1, 2 }, { 10, 11, 12 } }, plain.ToImageArray());
        Assert.Equal(new[, ,] { { { 1, 2, 3 } }, { { 101, 102, 65535 } } }, colour.ToImageArray());
    }

    private sealed class Owner : IDisposable
    {
        public int Returns { get; private set; }

        public void Dispose() => Returns++;
    }
}
