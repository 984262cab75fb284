using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Seestar.Tests.Session;

public class TelescopeStatesTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddHours(1);
    private static readonly LinkStatus Open = new(LinkPhase.Open, Now);
    private static readonly LinkStatus Released = new(LinkPhase.Released, Now);
    private static readonly LinkStatus Connecting = new(LinkPhase.Connecting, Now);
    private static readonly LinkStatus Failed = new(LinkPhase.Failed, Now, "It does not answer.");
    private static readonly LinkStatus TriedAgain = new(LinkPhase.Connecting, Now, "It does not answer.");
    private static readonly LinkStatus InUse = new(LinkPhase.AllInUse, Now, "All in use.");

    private static readonly TelescopeObservation Nothing = TelescopeObservation.Nothing;
    private static readonly TelescopeObservation Works = Nothing with { ViewState = "working", Mode = "star", TargetName = "M 44" };

    private static readonly TelescopeObservation Stacks = Works with
    {
        StackState = "working",
        StackSeenWorking = true,
        StackedFrames = 12,
        DroppedFrames = 3,
        StackChangedAt = Now.AddSeconds(-11),
    };

    /// <summary>One row for each named state, and for each that wins over another.</summary>
    private static readonly (string Case, SessionSnapshot Snapshot, TelescopeStateName State)[] Rows =
    [
        ("closed arm, connection given up", Of(Nothing with { ArmClosed = true }, Released), TelescopeStateName.Resting),
        ("cannot be reached", Of(Stacks, Failed), TelescopeStateName.Unreachable),
        ("cannot be reached, tried again", Of(Stacks, TriedAgain), TelescopeStateName.Unreachable),
        ("closed arm, and cannot be reached", Of(Nothing with { ArmClosed = true }, Failed), TelescopeStateName.Unreachable),
        ("first connection", Of(Nothing, Connecting), TelescopeStateName.Connecting),
        ("not begun", Of(Nothing, Released), TelescopeStateName.Connecting),
        ("closed arm", Of(Nothing with { ArmClosed = true, Mode = "none" }, Open), TelescopeStateName.ArmClosed),
        ("closed arm, telescope thinks it shows a view", Of(Works with { ArmClosed = true }, Open), TelescopeStateName.ArmClosed),
        ("goto", Of(Works with { IsMoving = true }, Open), TelescopeStateName.Moving),
        ("goto in scenery", Of(Works with { IsMoving = true, Mode = "scenery" }, Open), TelescopeStateName.Moving),
        ("scenery", Of(Works with { Mode = "scenery" }, Open), TelescopeStateName.Scenery),
        ("Sun", Of(Works with { Mode = "sun" }, Open), TelescopeStateName.SolarSystem),
        ("Moon", Of(Works with { Mode = "moon" }, Open), TelescopeStateName.SolarSystem),
        ("planet", Of(Works with { Mode = "planet" }, Open), TelescopeStateName.SolarSystem),
        ("solar system", Of(Works with { Mode = "solar_sys" }, Open), TelescopeStateName.SolarSystem),
        ("scenery that has ended", Of(Nothing with { Mode = "scenery", ViewState = "cancel" }, Open), TelescopeStateName.NoView),
        ("darks", Of(Works with { IsInitialising = true }, Open), TelescopeStateName.Initialising),
        ("all connections in use while stacking", Of(Stacks, Open, InUse), TelescopeStateName.ConnectionsInUse),
        ("closed arm wins over connections in use", Of(Nothing with { ArmClosed = true }, Open, InUse), TelescopeStateName.ArmClosed),
        ("stack without a sub", Of(Stacks with { StackedFrames = 0 }, Open), TelescopeStateName.StackStarting),
        ("stack with unknown count", Of(Stacks with { StackedFrames = null }, Open), TelescopeStateName.StackStarting),
        ("stack that does not grow", Of(Stacks with { StackChangedAt = Now.AddMinutes(-4) }, Open), TelescopeStateName.StackStale),
        ("long subs may take their time", Of(Stacks with { StackChangedAt = Now.AddMinutes(-4), SubExposure = TimeSpan.FromMinutes(1) }, Open), TelescopeStateName.Stacking),
        ("stack", Of(Stacks, Open), TelescopeStateName.Stacking),
        ("stack, nobody wants pictures", Of(Stacks, Open, Released), TelescopeStateName.Stacking),
        ("stack, image port lost", Of(Stacks, Open, Failed), TelescopeStateName.Stacking),
        ("stack that has ended, live view", Of(Stacks with { StackState = "cancel" }, Open), TelescopeStateName.StackEnded),
        ("live view", Of(Works with { IsLive = true }, Open), TelescopeStateName.WaitingForStack),
        ("live view heard of only", Of(Nothing with { IsLive = true }, Open), TelescopeStateName.WaitingForStack),
        ("view of unknown stage", Of(Works, Open), TelescopeStateName.WaitingForStack),
        ("no view", Of(Nothing with { Mode = "none", ViewState = "cancel" }, Open), TelescopeStateName.NoView),
        ("nothing heard", Of(Nothing, Open), TelescopeStateName.Listening),
        ("polled, changing", Of(Nothing, Released, Open, present: true, events: false), TelescopeStateName.Stacking),
        ("polled, nothing has changed", Of(Nothing, Released, Open, events: false), TelescopeStateName.Listening),
        ("polled, nobody wants pictures", Of(Nothing, Released, Released, events: false), TelescopeStateName.Listening),
        ("polled, being opened", Of(Nothing, Released, Connecting, events: false), TelescopeStateName.Connecting),
        ("polled, cannot be reached", Of(Nothing, Released, Failed, events: false), TelescopeStateName.Unreachable),
        ("polled, all in use", Of(Nothing, Released, InUse, events: false), TelescopeStateName.ConnectionsInUse),
    ];

    public static TheoryData<string> Cases => [.. Rows.Select(row => row.Case)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_telescope_has_the_state_that_its_evidence_says(string name)
    {
        var (_, snapshot, expected) = Rows.Single(row => row.Case == name);

        Assert.Equal(expected, TelescopeStates.Of(snapshot).Name);
    }

    [Fact]
    public void Every_state_has_a_row()
    {
        Assert.Empty(Enum.GetValues<TelescopeStateName>().Except(Rows.Select(row => row.State)));
    }

    [Fact]
    public void Every_state_says_a_sentence_and_what_to_do_about_it_unless_nothing_is_to_be_done()
    {
        foreach (var (name, snapshot, expected) in Rows)
        {
            var state = TelescopeStates.Of(snapshot);
            var good = expected is TelescopeStateName.Stacking or TelescopeStateName.Connecting;

            Assert.True(state.Sentence.EndsWith('.') && char.IsUpper(state.Sentence[0]), $"{name}: {state.Sentence}");
            Assert.Equal(good, state.Remedy.Length == 0);
            Assert.True(good || state.Remedy.EndsWith('.'), $"{name}: {state.Remedy}");
            Assert.StartsWith(state.Sentence, state.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_sentence_tells_target_counts_and_rejections()
    {
        var one = Stacks with { StackedFrames = 1, DroppedFrames = 1 };

        Assert.Equal("The telescope stacks M 44: 12 exposures are in it, 3 were rejected.", TelescopeStates.Of(Of(Stacks, Open)).Text);
        Assert.Equal("The telescope stacks M 44: 1 exposure is in it, 1 was rejected.", TelescopeStates.Of(Of(one, Open)).Text);
    }

    [Fact]
    public void A_stack_whose_pictures_do_not_come_through_is_told_with_the_reason()
    {
        var damaged = Open with { Problem = "The last picture came damaged." };

        Assert.EndsWith("3 were rejected. Its pictures do not come through: It does not answer.", TelescopeStates.Of(Of(Stacks, Open, Failed)).Text, StringComparison.Ordinal);
        Assert.EndsWith("3 were rejected. Its pictures do not come through: It does not answer.", TelescopeStates.Of(Of(Stacks, Open, TriedAgain)).Text, StringComparison.Ordinal);
        Assert.EndsWith("3 were rejected. The last picture came damaged.", TelescopeStates.Of(Of(Stacks, Open, damaged)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_went_wrong_is_told()
    {
        Assert.Equal(
            "The telescope cannot be reached: It does not answer. Switch it on and check that it is on the same network.",
            TelescopeStates.Of(Of(Stacks, Failed)).Text);
    }

    private static SessionSnapshot Of(
        TelescopeObservation telescope, LinkStatus control, LinkStatus? image = null, bool present = false, bool events = true) =>
        new(telescope, Access.Spectator, control, image ?? Open, null, present, events, Now);
}
