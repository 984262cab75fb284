using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Seestar.Tests.Session;

public class StackRequestsTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly FrameDemand _demand;
    private readonly StackRequests _requests;

    public StackRequestsTests()
    {
        _demand = new FrameDemand(_clock, new Signal());
        _requests = new StackRequests(_demand, _clock);
    }

    [Fact]
    public void A_stack_that_was_delivered_is_not_asked_for_again_not_even_on_another_connection()
    {
        using var wish = _demand.Want(FrameWish.Stacks);
        var basis = Announcing(3);
        Assert.Equal(TimeSpan.Zero, _requests.Wait(basis));

        Fetch(basis, TimeSpan.FromSeconds(2));
        _requests.Reconnected();
        Pass(100);

        Assert.Null(_requests.Wait(basis));
        Assert.Equal(TimeSpan.Zero, _requests.Wait(Announcing(4)));
    }

    [Fact]
    public void The_next_one_waits_three_times_as_long_as_the_last_one_took_unless_every_one_is_wanted()
    {
        using var wish = _demand.Want(FrameWish.Stacks);
        Fetch(Announcing(3), TimeSpan.FromSeconds(2));
        Pass(1);

        Assert.Equal(TimeSpan.FromSeconds(5), _requests.Wait(Announcing(4)));
        using var every = _demand.Want(FrameWish.EveryStack);
        Assert.Equal(TimeSpan.Zero, _requests.Wait(Announcing(4)));
    }

    [Fact]
    public void While_one_is_under_way_none_is_asked_for()
    {
        using var wish = _demand.Want(FrameWish.EveryStack);
        _requests.Asked(Announcing(3));
        Pass(1);

        Assert.Equal(TimeSpan.FromSeconds(119), _requests.Wait(Announcing(4)));
        _requests.Answering();
        Assert.Null(_requests.Wait(Announcing(4)));
    }

    [Fact]
    public void A_request_that_is_never_answered_ends_the_connection_since_another_one_could_be_taken_for_it()
    {
        _requests.Asked(Announcing(3));
        Pass(120);

        Assert.Throws<IOException>(() => _requests.Wait(Announcing(4)));
    }

    [Fact]
    public void A_slow_transfer_is_an_answer_however_long_it_takes()
    {
        _requests.Asked(Announcing(3));
        _requests.Answering();
        Pass(600);

        Assert.Null(_requests.Wait(Announcing(4)));
    }

    [Fact]
    public void After_an_answer_without_a_picture_it_is_tried_again_twice_and_then_left_until_something_changes()
    {
        using var wish = _demand.Want(FrameWish.Stacks);
        var basis = Announcing(3);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal(TimeSpan.Zero, _requests.Wait(basis));
            _requests.Asked(basis);
            _requests.Answered(delivered: false, out var settled);
            Assert.Equal(attempt == 3, settled);
            Assert.Equal(attempt == 3 ? null : TimeSpan.FromSeconds(2), _requests.Wait(basis));
            Pass(2);
        }

        Assert.Null(_requests.Wait(basis));
        Assert.Equal(TimeSpan.Zero, _requests.Wait(Announcing(4)));
    }

    [Fact]
    public void Each_stack_has_tries_of_its_own()
    {
        using var wish = _demand.Want(FrameWish.Stacks);
        Fail(Announcing(3));
        Fail(Announcing(3));

        Fail(Announcing(4));
        Fail(Announcing(4));

        Assert.Equal(TimeSpan.Zero, _requests.Wait(Announcing(4)));
    }

    [Fact]
    public void An_answer_belongs_to_what_was_known_when_it_was_asked_for()
    {
        var basis = Announcing(3);
        _requests.Asked(basis);
        Pass(5);

        var request = _requests.Answered(delivered: true, out _);

        Assert.Equal(basis, request!.Basis);
        Assert.Equal(TimeSpan.FromSeconds(5), _clock.GetElapsedTime(request.AskedAt));
    }

    [Fact]
    public void An_answer_that_nobody_asked_for_answers_nothing()
    {
        Assert.Null(_requests.Answered(delivered: true, out _));
    }

    [Fact]
    public void On_a_new_connection_what_was_under_way_is_asked_for_again()
    {
        using var wish = _demand.Want(FrameWish.Stacks);
        _requests.Asked(Announcing(3));
        _requests.Answering();

        _requests.Reconnected();

        Assert.Equal(TimeSpan.Zero, _requests.Wait(Announcing(3)));
        Assert.Null(_requests.Answered(delivered: true, out _));
    }

    private static FetchBasis Announcing(int frames) => new(Told.After(Told.Stack(frames)), CatchUp: false, Polled: false);

    private void Pass(int seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));

    private void Fetch(FetchBasis basis, TimeSpan took)
    {
        _requests.Asked(basis);
        _clock.Advance(took);
        _requests.Answered(delivered: true, out _);
    }

    private void Fail(FetchBasis basis)
    {
        _requests.Asked(basis);
        _requests.Answered(delivered: false, out _);
        Pass(2);
    }
}
