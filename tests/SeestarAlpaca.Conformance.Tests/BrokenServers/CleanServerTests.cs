namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>Servers without a flaw pass strict runs without error, issue or information.</summary>
public sealed class CleanServerTests
{
    /// <summary>Model, interface version.</summary>
    public static TheoryData<string, int> Models => new() { { "Plain", 4 }, { "Plain", 3 }, { "Rich", 4 }, { "Colour", 4 } };

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_clean_camera_is_found_clean(string model, int interfaceVersion)
    {
        var report = await Judging.CameraAsync(Model(model) with { InterfaceVersion = interfaceVersion }, TestContext.Current.CancellationToken);

        report.IsClean();
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_clean_protocol_is_found_clean(string model, int interfaceVersion)
    {
        var report = await Judging.ProtocolAsync(Model(model) with { InterfaceVersion = interfaceVersion }, TestContext.Current.CancellationToken);

        report.IsClean();
    }

    [Fact]
    public async Task A_clean_management_is_found_clean()
    {
        var report = await Judging.ManagementAsync(FakeModel.Plain, TestContext.Current.CancellationToken);

        report.IsClean();
    }

    [Fact]
    public async Task A_clean_discovery_is_found_clean()
    {
        var report = await Judging.DiscoveryAsync(Flaw.None, TestContext.Current.CancellationToken);

        report.IsClean();
    }

    private static FakeModel Model(string name) => name switch { "Rich" => FakeModel.Rich, "Colour" => FakeModel.Colour, _ => FakeModel.Plain };
}
