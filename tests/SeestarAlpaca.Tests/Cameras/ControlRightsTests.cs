using System.Net;
using SeestarAlpaca.Cameras;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Tests.Cameras;

/// <summary>Who may control, and what the others are told.</summary>
public sealed class ControlRightsTests
{
    private static readonly ServerOptions Allowed = new() { AllowControl = true };

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.1.2.3", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("192.168.1.20", false)]
    [InlineData("fe80::1", false)]
    public void Only_this_machine_may_unless_set_otherwise(string caller, bool may) =>
        Assert.Equal(may, ControlRights.Obstacle(Allowed, IPAddress.Parse(caller), Snapshot(Access.Unlocked)) is null);

    [Fact]
    public void Networks_can_be_allowed()
    {
        var options = Allowed with { AllowControlFrom = [IPNetwork.Parse("192.168.1.0/24")] };

        Assert.Null(ControlRights.Obstacle(options, IPAddress.Parse("::ffff:192.168.1.77"), Snapshot(Access.Verified)));
        Assert.Contains(
            "192.168.2.77, only from 192.168.1.0/24", ControlRights.Obstacle(options, IPAddress.Parse("192.168.2.77"), Snapshot(Access.Verified)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Access.Unknown, "has not said yet")]
    [InlineData(Access.Spectator, "KeyFile")]
    [InlineData(Access.KeyRefused, "refused the key")]
    public void What_the_telescope_wants_is_told(Access access, string tells) =>
        Assert.Contains(tells, ControlRights.Obstacle(Allowed, IPAddress.Loopback, Snapshot(access)), StringComparison.Ordinal);

    [Fact]
    public void A_telescope_that_is_away_takes_no_commands() => Assert.Contains(
        "not connected", ControlRights.Obstacle(Allowed, IPAddress.Loopback, Snapshot(Access.Unlocked, LinkPhase.Failed)), StringComparison.Ordinal);

    [Fact]
    public void Without_the_control_port_there_is_no_control() =>
        Assert.Contains("Events", ControlRights.Obstacle(Allowed with { Events = false }, IPAddress.Loopback, Snapshot(Access.Unknown)), StringComparison.Ordinal);

    private static SessionSnapshot Snapshot(Access access, LinkPhase phase = LinkPhase.Open)
    {
        var link = new LinkStatus(phase, DateTimeOffset.UnixEpoch);
        return new SessionSnapshot(TelescopeObservation.Nothing, access, link, link, null, false, true, DateTimeOffset.UnixEpoch);
    }
}
