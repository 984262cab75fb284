using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Tests.Images;

public sealed class PixelPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1080 * 1920 * 3)]
    [InlineData(1_000_003)]
    public void A_buffer_has_exactly_the_length_asked_for(int length)
    {
        var pool = new PixelPool();

        Assert.Equal(length, pool.Rent(length).Samples.Length);
        Assert.Equal(length, pool.SamplesHeld);
    }

    [Fact]
    public void A_returned_buffer_is_lent_again()
    {
        var pool = new PixelPool();
        var first = pool.Rent(100);
        first.EndLease();

        var second = pool.Rent(100);

        Assert.Same(first.Samples, second.Samples);
        Assert.Equal(100, pool.SamplesHeld);
    }

    [Fact]
    public void A_buffer_of_another_length_is_not_lent()
    {
        var pool = new PixelPool();
        pool.Rent(100).EndLease();

        Assert.Equal(99, pool.Rent(99).Samples.Length);
        Assert.Equal(199, pool.SamplesHeld);
    }

    [Fact]
    public void A_lent_buffer_is_not_lent_twice()
    {
        var pool = new PixelPool();

        Assert.NotSame(pool.Rent(100).Samples, pool.Rent(100).Samples);
    }

    [Fact]
    public void Only_the_most_recently_returned_buffers_are_kept()
    {
        var pool = new PixelPool(retained: 2);
        var buffers = new[] { pool.Rent(1), pool.Rent(10), pool.Rent(100) };

        foreach (var buffer in buffers)
        {
            buffer.EndLease();
        }

        Assert.Equal(110, pool.SamplesHeld);
        Assert.Same(buffers[1].Samples, pool.Rent(10).Samples);
        Assert.Same(buffers[2].Samples, pool.Rent(100).Samples);
        Assert.NotSame(buffers[0].Samples, pool.Rent(1).Samples);
    }

    [Fact]
    public void A_pool_that_keeps_nothing_holds_nothing_once_all_is_returned()
    {
        var pool = new PixelPool(retained: 0);

        pool.Rent(100).EndLease();

        Assert.Equal(0, pool.SamplesHeld);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void An_empty_buffer_is_refused(int length)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PixelPool().Rent(length));
    }

    [Fact]
    public void Unused_buffers_can_be_given_up_and_used_ones_stay()
    {
        var pool = new PixelPool();
        using var used = new MonoImage(10, 20, pool);
        new MonoImage(30, 40, pool).Dispose();

        Assert.Equal(1200, pool.Trim());
        Assert.Equal(0, pool.Trim());
        Assert.Equal(200, pool.SamplesHeld);
    }
}
