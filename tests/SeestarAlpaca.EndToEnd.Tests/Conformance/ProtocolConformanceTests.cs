using SeestarAlpaca.Conformance.Protocol;

namespace SeestarAlpaca.EndToEnd.Tests.Conformance;

/// <summary>Strict runs of <c>conformance protocol</c>.</summary>
public sealed class ProtocolConformanceTests
{
    private static readonly string[] BroughtByVersion4 = ["devicestate.get", "connect.overlapping", "connecting.get"];

    public static TheoryData<uint, int> Cameras => Judging.Cameras;

    [Theory]
    [MemberData(nameof(Cameras))]
    public async Task A_camera_speaks_Alpaca_while_another_client_exposes(uint camera, int interfaceVersion)
    {
        var settings = new ProtocolSettings { Strict = true, Exposure = TimeSpan.FromSeconds(0.2), Poll = Judging.Poll, Wait = Judging.Wait };

        var report = await Judging.RunAsync(camera, interfaceVersion, (device, progress, cancellationToken) =>
            ProtocolJudgement.RunAsync(device, settings, progress, TimeProvider.System, cancellationToken));

        Judging.AssertClean(report, interfaceVersion == 3 ? BroughtByVersion4 : []);
    }
}
