using SeestarAlpaca.Conformance.Management;

namespace SeestarAlpaca.EndToEnd.Tests.Conformance;

/// <summary>Strict runs of <c>conformance management</c>.</summary>
public sealed class ManagementConformanceTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(3)]
    public async Task The_management_API_conforms_while_a_client_exposes(int interfaceVersion)
    {
        var settings = new ManagementSettings { Strict = true };

        var report = await Judging.RunAsync(0, interfaceVersion, (device, progress, cancellationToken) =>
            ManagementJudgement.RunAsync(new Uri(device.GetLeftPart(UriPartial.Authority)), settings, progress, TimeProvider.System, cancellationToken));

        Judging.AssertClean(report, "management.known");
    }
}
