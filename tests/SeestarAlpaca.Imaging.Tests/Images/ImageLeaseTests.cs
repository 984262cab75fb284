using SeestarAlpaca.Imaging.Images;

namespace SeestarAlpaca.Imaging.Tests.Images;

public sealed class ImageLeaseTests
{
    private readonly PixelPool _pool = new(retained: 0);

    public static TheoryData<string> Types => ["mono", "bayer", "rgb"];

    [Theory]
    [MemberData(nameof(Types))]
    public void The_last_lease_to_end_returns_the_pixels(string type)
    {
        var first = Make(type);
        var second = first.Share();
        var third = second.Share();
        var lent = _pool.SamplesHeld;

        first.Dispose();
        third.Dispose();

        Assert.Equal(lent, _pool.SamplesHeld);
        Assert.Equal(first.Width * first.Height * first.SamplesPerPixel, second.Samples.Length);

        second.Dispose();

        Assert.Equal(0, _pool.SamplesHeld);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_shared_picture_is_of_the_same_type_size_and_pixels(string type)
    {
        using var first = Make(type);

        using var second = first.Share();

        Assert.IsType(first.GetType(), second);
        Assert.Equal((first.Width, first.Height, first.SamplesPerPixel), (second.Width, second.Height, second.SamplesPerPixel));
        Assert.Equal((first as BayerImage)?.Phase, (second as BayerImage)?.Phase);
        Assert.True(first.Samples == second.Samples);
    }

    [Fact]
    public void Disposing_twice_ends_only_ones_own_lease()
    {
        var first = Make("mono");
        using var second = first.Share();

        first.Dispose();
        first.Dispose();

        Assert.Equal(6, second.Samples.Length);
        Assert.Equal(6, _pool.SamplesHeld);
    }

    [Fact]
    public void A_disposed_lease_gives_no_access_though_others_live()
    {
        var first = Make("rgb");
        using var second = first.Share();

        first.Dispose();

        Assert.Throws<ObjectDisposedException>(() => first.Samples.Length);
        Assert.Throws<ObjectDisposedException>(() => first.Writable.Length);
        Assert.Throws<ObjectDisposedException>(() => first.Row(0).Length);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_disposed_lease_cannot_be_shared(string type)
    {
        var image = Make(type);

        image.Dispose();

        Assert.Throws<ObjectDisposedException>(() => image.Share());
    }

    [Fact]
    public void Pixels_once_returned_take_no_further_lease()
    {
        var buffer = _pool.Rent(6);
        buffer.EndLease();

        Assert.Throws<ObjectDisposedException>(buffer.AddLease);
    }

    [Fact]
    public async Task Holders_on_many_threads_return_the_pixels_exactly_once()
    {
        var first = Make("mono");
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var holders = Enumerable.Range(0, 8).Select(async _ =>
        {
            await start.Task;
            for (var i = 0; i < 2000; i++)
            {
                using var lease = first.Share();
                lease.Share().Dispose();
            }
        }).ToList();

        start.SetResult();
        await Task.WhenAll(holders).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(6, first.Samples.Length);
        Assert.Equal(6, _pool.SamplesHeld);
        first.Dispose();
        Assert.Equal(0, _pool.SamplesHeld);
    }

    [Fact]
    public void A_row_holds_all_samples_of_its_pixels()
    {
        using var image = TestImages.Rgb(2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

        Assert.Equal<ushort>([7, 8, 9, 10, 11, 12], image.Row(1).ToArray());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 5)]
    public void A_picture_without_pixels_is_refused(int width, int height)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MonoImage(width, height));
    }

    [Fact]
    public void A_picture_too_big_to_count_is_refused()
    {
        Assert.Throws<OverflowException>(() => new RgbImage(65536, 65536));
    }

    private Image16 Make(string type) => type switch
    {
        "mono" => new MonoImage(3, 2, _pool),
        "bayer" => new BayerImage(3, 2, BayerPhase.Gbrg, _pool),
        _ => new RgbImage(3, 2, _pool),
    };
}
