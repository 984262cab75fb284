using SeestarAlpaca.Conformance.Camera;

namespace SeestarAlpaca.EndToEnd.Tests.Conformance;

/// <summary>Strict runs of <c>conformance camera</c>.</summary>
public sealed class CameraConformanceTests
{
    /// <summary>What is judged on request only: a letter in the sky, and reads a second.</summary>
    private static readonly string[] NotAsked =
    [
        "image.letterf", "performance.devicestate", "performance.camerastate", "performance.ccdtemperature", "performance.coolerpower",
        "performance.heatsinktemperature", "performance.imageready", "performance.ispulseguiding", "performance.image",
    ];

    public static TheoryData<uint, int> Cameras => Judging.Cameras;

    [Theory]
    [MemberData(nameof(Cameras))]
    public async Task A_camera_conforms_while_another_client_exposes(uint camera, int interfaceVersion)
    {
        var settings = new CameraSettings
        {
            Strict = true,

            // Longer than a loaded machine may stop between two requests, since states during the exposure are looked at.
            Exposure = TimeSpan.FromSeconds(1.5),
            Poll = Judging.Poll,
            Wait = Judging.Wait,
            ConnectWait = Judging.Wait,
        };

        var report = await Judging.RunAsync(camera, interfaceVersion, (device, progress, cancellationToken) =>
            CameraJudgement.RunAsync(device, settings, progress, TimeProvider.System, cancellationToken));

        Judging.AssertClean(report, interfaceVersion == 3 ? NotAsked.Prepend("common.devicestate") : NotAsked);
    }
}
