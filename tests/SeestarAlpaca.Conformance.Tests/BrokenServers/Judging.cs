using System.Net;
using SeestarAlpaca.Conformance.Camera;
using SeestarAlpaca.Conformance.Discovery;
using SeestarAlpaca.Conformance.Judgement;
using SeestarAlpaca.Conformance.Management;
using SeestarAlpaca.Conformance.Protocol;
using SeestarAlpaca.Conformance.Reports;

namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>Starts a fake server and judges it, with short exposures.</summary>
internal static class Judging
{
    private static readonly TimeSpan Exposure = TimeSpan.FromSeconds(0.4);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);
    private static readonly IProgress<CheckResult> Silent = new Nobody();

    public static async Task<RunReport> CameraAsync(
        FakeModel model, CancellationToken cancellationToken, string? only = null, bool strict = true, double wait = 10)
    {
        await using var server = await FakeServer.StartAsync(model, cancellationToken);
        var settings = new CameraSettings
        {
            Strict = strict,
            Exposure = Exposure,
            ShortExposure = TimeSpan.FromSeconds(0.05),
            GuidePulse = Exposure,
            Poll = Poll,
            Wait = TimeSpan.FromSeconds(wait),
            ExpectLetterF = true,
            Only = only,
        };
        return await CameraJudgement.RunAsync(server.Camera, settings, Silent, TimeProvider.System, cancellationToken);
    }

    public static async Task<RunReport> ProtocolAsync(
        FakeModel model, CancellationToken cancellationToken, string? only = null, bool strict = true, double wait = 10)
    {
        await using var server = await FakeServer.StartAsync(model, cancellationToken);
        var settings = new ProtocolSettings { Strict = strict, Exposure = TimeSpan.FromSeconds(0.05), Poll = Poll, Wait = TimeSpan.FromSeconds(wait), Only = only };
        return await ProtocolJudgement.RunAsync(server.Camera, settings, Silent, TimeProvider.System, cancellationToken);
    }

    public static async Task<RunReport> ManagementAsync(FakeModel model, CancellationToken cancellationToken, string? known = null)
    {
        await using var server = await FakeServer.StartAsync(model, cancellationToken);
        return await ManagementJudgement.RunAsync(server.Address, new ManagementSettings { Strict = true, KnownFile = known }, Silent, TimeProvider.System, cancellationToken);
    }

    public static async Task<RunReport> DiscoveryAsync(Flaw flaw, CancellationToken cancellationToken)
    {
        await using var server = await FakeServer.StartAsync(FakeModel.Plain, cancellationToken);
        await using var discovery = new FakeDiscovery(flaw, server.Address.Port);
        var settings = new DiscoverySettings
        {
            Strict = true,
            Address = IPAddress.Loopback,
            Port = discovery.Port,
            Wait = flaw == Flaw.None ? TimeSpan.FromSeconds(10) : TimeSpan.FromSeconds(1),
            Silence = TimeSpan.FromMilliseconds(200),
        };
        return await DiscoveryJudgement.RunAsync(settings, Silent, TimeProvider.System, cancellationToken);
    }

    /// <summary>Judges a port on which nobody listens any more.</summary>
    public static async Task<RunReport> NobodyAsync(CancellationToken cancellationToken)
    {
        Uri address;
        await using (var server = await FakeServer.StartAsync(FakeModel.Plain, cancellationToken))
        {
            address = server.Camera;
        }

        return await CameraJudgement.RunAsync(address, new CameraSettings { Poll = Poll }, Silent, TimeProvider.System, cancellationToken);
    }

    private sealed class Nobody : IProgress<CheckResult>
    {
        public void Report(CheckResult value)
        {
        }
    }
}
