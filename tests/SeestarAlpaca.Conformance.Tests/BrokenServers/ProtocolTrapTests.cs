using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>Each flaw of the protocol, of management and of discovery is found by the check that is meant for it.</summary>
public sealed class ProtocolTrapTests
{
    /// <summary>Flaw, the check that must find it, and what it must say of it.</summary>
    public static TheoryData<Flaw, string, string> Traps => new()
    {
        { Flaw.PutNamesInAnyCase, "binx.put", "bINx in place of BinX: HTTP 200" },
        { Flaw.GetNamesInExactCase, "binx.get", "ClientTransactionID is 0 in place of 67890" },
        { Flaw.ServerErrorForBadIds, "name.get", "HTTP 500 in place of 400" },
        { Flaw.BadIdsAccepted, "name.get", "ClientID NASDAQ: HTTP 200 in place of 400" },
        { Flaw.ExtraParameterRefused, "name.get", "an extra parameter: HTTP 400 in place of 200" },
        { Flaw.DeviceTypeInAnyCase, "address.type", "/CAMERA/0/" },
        { Flaw.AnyDeviceNumber, "address.number", "/camera/99999/" },
        { Flaw.AnyMember, "address.member", "/descrip?" },
        { Flaw.EchoOfMiscasedPut, "abortexposure.put", "ClientTransactionID is 67890 in place of 0" },
        { Flaw.EmptyBodyRefused, "transport.body", "HTTP 415" },
        { Flaw.JsonBodyTaken, "transport.kind", "application/json is answered with HTTP 200" },
        { Flaw.RefusedYetCarriedOut, "transport.refused", "400, but carried out" },
        { Flaw.NonsenseIsZero, "connected.values", "'asdqwe': HTTP 200" },
        { Flaw.RangeAsBadRequest, "transport.range", "BinX=999 is answered with HTTP 400" },
        { Flaw.NullErrorMessage, "connected.put", "ErrorMessage is null" },
        { Flaw.MissingErrorKeys, "name.get", "the key ErrorMessage is missing" },
        { Flaw.CamelCaseKeys, "connected.put", "is not written ClientTransactionID" },
        { Flaw.MissingValueOnError, "cooleron.get", "there is no Value beside the error" },
        { Flaw.TextJson, "connected.put", "'text/json'" },
        { Flaw.ZeroServerTransaction, "transport.counter", "must rise with each request: 0, 0" },
        { Flaw.IntegersWithPoint, "maxbinx.get", "the Value 3.0" },
        { Flaw.LargeInt16, "gainmax.get", "the Value 65535" },
        { Flaw.LateDisconnects, "connect.overlapping", "Connecting is false and Connected true" },
    };

    public static TheoryData<Flaw, string, string> ManagementTraps => new()
    {
        { Flaw.UniqueIdPerCall, "management.uniqueids", "when asked again" },
        { Flaw.SameUniqueIds, "management.uniqueids", "the same UniqueID" },
        { Flaw.LowerCaseDeviceType, "management.devices", "DeviceType 'camera'" },
        { Flaw.DescriptionMiscased, "management.description", "must have ServerName" },
        { Flaw.UnknownManagementAnswered, "management.unknown", "/management/v1/nonsense must be refused" },
        { Flaw.SetupMissing, "setup.devices", "must be a page: HTTP 400" },
        { Flaw.CamelCaseKeys, "management.versions", "is not written ClientTransactionID" },
    };

    public static TheoryData<Flaw, string, string> DiscoveryTraps => new()
    {
        { Flaw.PortNotShared, "discovery.shared", "SO_REUSEADDR is needed" },
        { Flaw.BoundToOneAddress, "discovery.broadcast", "bound to one address" },
        { Flaw.WrongPortTold, "discovery.reachable", "the API is not there" },
        { Flaw.AnswersFromAnotherAddress, "discovery.reachable", "http://127.0.0.2:" },
        { Flaw.AnswersAnything, "discovery.silence", "'hello' is no request" },
        { Flaw.AnswersTwice, "discovery.once", "2 times" },
        { Flaw.MiscasedPortKey, "discovery.answer", "the answer has no key AlpacaPort" },
        { Flaw.ExactLengthOnly, "discovery.padded", "bytes 16 to 63" },
    };

    [Theory]
    [MemberData(nameof(Traps))]
    public async Task A_flaw_of_the_protocol_is_found_by_its_check(Flaw flaw, string checkId, string words)
    {
        var model = FakeModel.Plain with { Flaw = flaw };

        var report = await Judging.ProtocolAsync(model, TestContext.Current.CancellationToken, checkId);

        report.Finds(checkId, Outcome.Issue, words);
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
    public async Task A_flaw_of_management_is_found_by_its_check(Flaw flaw, string checkId, string words)
    {
        var report = await Judging.ManagementAsync(FakeModel.Plain with { Flaw = flaw }, TestContext.Current.CancellationToken);

        report.Finds(checkId, Outcome.Issue, words);
    }

    [Theory]
    [MemberData(nameof(DiscoveryTraps))]
    public async Task A_flaw_of_discovery_is_found_by_its_check(Flaw flaw, string checkId, string words)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() || flaw is not (Flaw.BoundToOneAddress or Flaw.PortNotShared or Flaw.AnswersFromAnotherAddress),
            "Loopback broadcasts, sharing and further loopback addresses are Linux's here.");

        var report = await Judging.DiscoveryAsync(flaw, TestContext.Current.CancellationToken);

        report.Finds(checkId, Outcome.Issue, words);
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
