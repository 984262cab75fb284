using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>Each flaw of the protocol, of management and of discovery is found by the check that is meant for it.</summary>
public sealed class ProtocolTrapTests
{
    public static TheoryData<Flaw, string> Traps => new()
    {
        { Flaw.PutNamesInAnyCase, "binx.put" },
        { Flaw.GetNamesInExactCase, "binx.get" },
        { Flaw.ServerErrorForBadIds, "name.get" },
        { Flaw.BadIdsAccepted, "name.get" },
        { Flaw.ExtraParameterRefused, "name.get" },
        { Flaw.DeviceTypeInAnyCase, "address.type" },
        { Flaw.AnyDeviceNumber, "address.number" },
        { Flaw.AnyMember, "address.member" },
        { Flaw.EchoOfMiscasedPut, "abortexposure.put" },
        { Flaw.EmptyBodyRefused, "transport.body" },
        { Flaw.JsonBodyTaken, "transport.kind" },
        { Flaw.RefusedYetCarriedOut, "transport.refused" },
        { Flaw.NonsenseIsZero, "connected.values" },
        { Flaw.RangeAsBadRequest, "transport.range" },
        { Flaw.NullErrorMessage, "connected.put" },
        { Flaw.MissingErrorKeys, "name.get" },
        { Flaw.CamelCaseKeys, "interfaceversion.read" },
        { Flaw.MissingValueOnError, "cooleron.get" },
        { Flaw.TextJson, "connected.put" },
        { Flaw.ZeroServerTransaction, "transport.counter" },
        { Flaw.IntegersWithPoint, "maxbinx.get" },
        { Flaw.LargeInt16, "gainmax.get" },
        { Flaw.LateDisconnects, "connect.overlapping" },
    };

    public static TheoryData<Flaw, string> ManagementTraps => new()
    {
        { Flaw.UniqueIdPerCall, "management.uniqueids" },
        { Flaw.SameUniqueIds, "management.uniqueids" },
        { Flaw.LowerCaseDeviceType, "management.devices" },
        { Flaw.DescriptionMiscased, "management.description" },
        { Flaw.UnknownManagementAnswered, "management.unknown" },
        { Flaw.SetupMissing, "setup.devices" },
        { Flaw.CamelCaseKeys, "management.versions" },
    };

    public static TheoryData<Flaw, string> DiscoveryTraps => new()
    {
        { Flaw.PortNotShared, "discovery.shared" },
        { Flaw.BoundToOneAddress, "discovery.broadcast" },
        { Flaw.WrongPortTold, "discovery.reachable" },
        { Flaw.AnswersAnything, "discovery.silence" },
        { Flaw.AnswersTwice, "discovery.once" },
        { Flaw.MiscasedPortKey, "discovery.answer" },
        { Flaw.ExactLengthOnly, "discovery.padded" },
    };

    [Theory]
    [MemberData(nameof(Traps))]
    public async Task A_flaw_of_the_protocol_is_found_by_its_check(Flaw flaw, string checkId)
    {
        var model = FakeModel.Plain with { Flaw = flaw };

        var report = await Judging.ProtocolAsync(model, TestContext.Current.CancellationToken, checkId, wait: 1);

        report.Finds(checkId, Outcome.Issue);
    }

    public static TheoryData<string> CheckIds => [.. Traps.Select(trap => trap.Data.Item2).Distinct()];

    [Theory]
    [MemberData(nameof(CheckIds))]
    public async Task The_same_check_alone_finds_nothing_wrong_with_a_clean_protocol(string checkId)
    {
        var report = await Judging.ProtocolAsync(FakeModel.Plain, TestContext.Current.CancellationToken, checkId);

        report.IsClean();
    }

    [Theory]
    [MemberData(nameof(ManagementTraps))]
    public async Task A_flaw_of_management_is_found_by_its_check(Flaw flaw, string checkId)
    {
        var report = await Judging.ManagementAsync(FakeModel.Plain with { Flaw = flaw }, TestContext.Current.CancellationToken);

        report.Finds(checkId, Outcome.Issue);
    }

    [Theory]
    [MemberData(nameof(DiscoveryTraps))]
    public async Task A_flaw_of_discovery_is_found_by_its_check(Flaw flaw, string checkId)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() || flaw is not (Flaw.BoundToOneAddress or Flaw.PortNotShared),
            "Loopback broadcasts and sharing are Linux's here.");

        var report = await Judging.DiscoveryAsync(flaw, TestContext.Current.CancellationToken);

        report.Finds(checkId, Outcome.Issue);
    }

    [Theory]
    [InlineData(Flaw.UniqueIdPerStart, true)]
    [InlineData(Flaw.None, false)]
    public async Task UniqueIDs_made_anew_at_a_restart_are_found_by_the_earlier_runs_file(Flaw flaw, bool found)
    {
        var known = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var model = FakeModel.Plain with { Flaw = flaw };
        await Judging.ManagementAsync(model, TestContext.Current.CancellationToken, known);

        var report = await Judging.ManagementAsync(model, TestContext.Current.CancellationToken, known);

        File.Delete(known);
        Assert.Equal(found, report.Results.Single(result => result.Id == "management.known").Outcome == Outcome.Issue);
    }

    [Fact]
    public async Task Bad_IDs_that_are_accepted_pass_a_tolerant_run()
    {
        var report = await Judging.ProtocolAsync(
            FakeModel.Plain with { Flaw = Flaw.BadIdsAccepted }, TestContext.Current.CancellationToken, "name.get", strict: false);

        report.IsClean();
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_error_and_soon_ends_the_run()
    {
        var report = await Judging.NobodyAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Outcome.Error, report.Verdict);
        Assert.Equal(3, report.Results.Count(result => result.LeftOut is null));
    }
}
