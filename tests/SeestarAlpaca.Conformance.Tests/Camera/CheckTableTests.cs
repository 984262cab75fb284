using SeestarAlpaca.Conformance.Camera;
using SeestarAlpaca.Conformance.Discovery;
using SeestarAlpaca.Conformance.Judgement;
using SeestarAlpaca.Conformance.Management;
using SeestarAlpaca.Conformance.Protocol;

namespace SeestarAlpaca.Conformance.Tests.Camera;

public sealed class CheckTableTests
{
    [Fact]
    public void Every_check_has_a_name_of_its_own_and_a_source()
    {
        var all = Rows(CameraJudgement.Checks).Concat(Rows(ProtocolJudgement.Checks)).Concat(Rows(ManagementChecks.All)).Concat(Rows(DiscoveryChecks.All)).ToList();

        Assert.Equal(all.Count, all.DistinctBy(row => row.Id).Count());
        Assert.All(all, row => Assert.Matches("^[a-z0-9]+\\.[a-z0-9]+$", row.Id));
        Assert.All(all, row => Assert.StartsWith("§", row.Source, StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_check_needs_is_done_before_it()
    {
        var ids = CameraJudgement.Checks.Select(check => check.Id).ToList();

        Assert.All(
            CameraJudgement.Checks.Where(check => check.Needs is not null),
            check => Assert.InRange(ids.IndexOf(check.Needs!), 0, ids.IndexOf(check.Id) - 1));
    }

    [Fact]
    public void Checks_are_chosen_with_those_that_they_need()
    {
        var chosen = CameraJudgement.Checks.Only("exposure.duration").Select(check => check.Id).ToList();

        Assert.Contains("exposure.take", chosen);
        Assert.Contains("connection.connect", chosen);
        Assert.DoesNotContain("exposure.zero", chosen);
        Assert.Equal(CameraJudgement.Checks.Count, CameraJudgement.Checks.Only(null).Count);
    }

    private static IEnumerable<(string Id, string Source)> Rows<TRun>(IEnumerable<Check<TRun>> checks) => checks.Select(check => (check.Id, check.Source));
}
