using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Seestar.Tests.Session;

public class StackFetchPolicyTests
{
    private static readonly StackMark Third = new(1, 3);

    /// <summary>The telescope stacks, its third frame is announced, the second was fetched a minute ago in two seconds.</summary>
    private static readonly FetchSituation Usual = new(
        Wanted: true, Urgent: false, Third, new StackMark(1, 2), CatchUp: false, Polled: false, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(2));

    private static readonly (string Case, FetchSituation Situation, double? Seconds)[] Rows =
    [
        ("a new frame", Usual, 0),
        ("nobody wants it", Usual with { Wanted = false }, null),
        ("it was fetched", Usual with { Fetched = Third }, null),
        ("the first one ever", Usual with { Fetched = null, SinceLast = TimeSpan.MaxValue, LastTook = TimeSpan.Zero }, 0),
        ("the same count of another stack", Usual with { Fetched = new StackMark(0, 3) }, 0),
        ("a smaller count", Usual with { Announced = new StackMark(2, 1) }, 0),
        ("a stack without a sub", Usual with { Announced = new StackMark(1, 0) }, null),
        ("no stack", Usual with { Announced = null }, null),
        ("just after the last transfer", Usual with { SinceLast = TimeSpan.Zero }, 6),
        ("a while after the last transfer", Usual with { SinceLast = TimeSpan.FromSeconds(4) }, 2),
        ("three times its duration after the last transfer", Usual with { SinceLast = TimeSpan.FromSeconds(6) }, 0),
        ("every frame is wanted", Usual with { SinceLast = TimeSpan.Zero, Urgent = true }, 0),
        ("events were missed", Usual with { Announced = null, CatchUp = true }, 0),
        ("events were missed, just after a transfer", Usual with { Announced = null, CatchUp = true, SinceLast = TimeSpan.FromSeconds(1) }, 5),
        ("events were missed, nobody wants it", Usual with { CatchUp = true, Wanted = false }, null),
        ("polled for the first time", Usual with { Polled = true, Announced = null, SinceLast = TimeSpan.MaxValue }, 0),
        ("polled", Usual with { Polled = true, Announced = null, SinceLast = TimeSpan.FromSeconds(5) }, 3),
        ("polled, again and again", Usual with { Polled = true, Announced = null, Fetched = null, SinceLast = TimeSpan.Zero }, 8),
        ("polled over a slow network", Usual with { Polled = true, Announced = null, SinceLast = TimeSpan.Zero, LastTook = TimeSpan.FromSeconds(5) }, 15),
        ("polled, every frame is wanted", Usual with { Polled = true, Announced = null, SinceLast = TimeSpan.Zero, LastTook = TimeSpan.FromSeconds(5), Urgent = true }, 8),
        ("polled, nobody wants it", Usual with { Polled = true, Wanted = false }, null),
    ];

    public static TheoryData<string> Cases => [.. Rows.Select(row => row.Case)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_stack_is_fetched_now_later_or_not(string name)
    {
        var (_, situation, seconds) = Rows.Single(row => row.Case == name);

        Assert.Equal(seconds, StackFetchPolicy.Delay(situation)?.TotalSeconds);
    }
}
