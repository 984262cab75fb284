using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Seestar.Tests.Session;

public sealed class FrameStoreTests : IDisposable
{
    private readonly PixelPool _pool = new(retained: 0);
    private readonly FrameStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void It_is_empty_at_first()
    {
        Assert.Null(_store.LeaseStack());
        Assert.Null(_store.LeaseSub());
        Assert.Null(_store.NewestDetails);
    }

    [Fact]
    public void A_newer_stack_takes_the_place_and_the_older_one_lives_on_with_whoever_holds_it()
    {
        _store.Put(Stack(1));
        var held = _store.LeaseStack()!;

        _store.Put(Stack(2));

        Assert.Equal((1, 2L), ((int)held.Image.Samples[0], _store.NewestDetails!.Sequence));
        Assert.Equal(6, _pool.SamplesHeld);
        held.Dispose();
        Assert.Equal(3, _pool.SamplesHeld);
    }

    [Fact]
    public void A_newer_sub_takes_the_place()
    {
        _store.Put(Sub(1));
        _store.Put(Sub(2));

        using var sub = _store.LeaseSub();

        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(2), sub!.ReceivedAt);
        Assert.Equal(1, _pool.SamplesHeld);
    }

    [Fact]
    public void A_disposed_store_gives_all_memory_back_and_takes_no_more()
    {
        _store.Put(Stack(1));
        _store.Dispose();

        _store.Put(Stack(2));

        Assert.Null(_store.LeaseStack());
        Assert.Equal(0, _pool.SamplesHeld);
    }

    [Fact]
    public void The_integration_is_the_number_of_subs_times_their_length_where_both_are_known()
    {
        var details = Details(1) with { Frames = 12, SubExposure = TimeSpan.FromSeconds(10) };

        Assert.Equal(TimeSpan.FromMinutes(2), details.Integration);
        Assert.Null((details with { Frames = null }).Integration);
    }

    private static StackDetails Details(long sequence) => new()
    {
        Sequence = sequence,
        Epoch = 1,
        IsConfirmed = true,
        ReceivedAt = DateTimeOffset.UnixEpoch,
        ReceivedTimestamp = 0,
        TransferTime = TimeSpan.Zero,
        Size = (1, 1),
    };

    private SubFrame Sub(int seconds) => new(
        new SubDetails
        {
            Sequence = seconds,
            Epoch = 1,
            IsConfirmed = true,
            ReceivedAt = DateTimeOffset.UnixEpoch.AddSeconds(seconds),
            ReceivedTimestamp = 0,
            Size = (1, 1),
            IsOfStack = false,
        },
        new BayerImage(1, 1, BayerPhase.Grbg, _pool));

    private StackFrame Stack(ushort level)
    {
        var image = new RgbImage(1, 1, _pool);
        image.Writable.Fill(level);
        return new StackFrame(Details(level), image);
    }
}
