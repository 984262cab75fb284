using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>Each flaw of a camera is found by the check that is meant for it.</summary>
public sealed class CameraTrapTests
{
    /// <summary>How long a state is waited for in vain.</summary>
    private const double ShortWait = 0.6;

    /// <summary>Flaw and the check that must find it.</summary>
    public static TheoryData<Flaw, string> Traps => new()
    {
        { Flaw.RangeAsBadRequest, "binning.range" },
        { Flaw.IntegersWithPoint, "binning.max" },
        { Flaw.NullErrorMessage, "connection.interfaceversion" },
        { Flaw.CamelCaseKeys, "connection.interfaceversion" },
        { Flaw.TextJson, "connection.interfaceversion" },
        { Flaw.MissingErrorKeys, "connection.interfaceversion" },
        { Flaw.LargeInt16, "gain.mode" },
        { Flaw.FrameCheckedWhenSet, "refuse.frame" },
        { Flaw.BinnedSizeRoundedUp, "image.array" },
        { Flaw.ImageFollowsSettings, "image.stays" },
        { Flaw.SubframeStartIgnored, "image.subframe" },
        { Flaw.CornerNotChecked, "refuse.corner" },
        { Flaw.BinsGoTheirOwnWays, "refuse.asymmetric" },
        { Flaw.PercentRefusedWhenIdle, "exposure.percent" },
        { Flaw.VariantNotImplemented, "image.variant" },
        { Flaw.LongDescription, "common.description" },
        { Flaw.ExtraDeviceState, "common.devicestate" },
        { Flaw.RecasedDeviceState, "common.devicestate" },
        { Flaw.GainsBesideLimits, "gain.mode" },
        { Flaw.OffsetAloneAnswers, "offset.mode" },
        { Flaw.GainLimitsAtTypeEnds, "gain.mode" },
        { Flaw.BayerOffsetsOfMono, "sensor.bayer" },
        { Flaw.BayerOffsetsMissing, "sensor.bayer" },
        { Flaw.FastReadoutOtherError, "readout.fast" },
        { Flaw.SetTemperatureOtherError, "cooling.setpoint" },
        { Flaw.HotSetpointTaken, "cooling.setpoint" },
        { Flaw.PulseGuideOtherError, "guide.pulse" },
        { Flaw.PulseGuideBlocks, "guide.pulse" },
        { Flaw.ModeOutOfRangeTaken, "readout.range" },
        { Flaw.LastExposureRemembered, "start.again" },
        { Flaw.BinRemembered, "start.again" },
        { Flaw.ImageRemembered, "start.again" },
        { Flaw.ConnectedSticks, "connection.connect" },
        { Flaw.SecondConnectResets, "clients.second" },
        { Flaw.WorksDisconnected, "disconnected.properties" },
        { Flaw.DimensionsSwapped, "image.array" },
        { Flaw.Mirrored, "image.letterf" },
        { Flaw.ElementTypeUInt16, "image.forms" },
        { Flaw.Int32OnTheWire, "image.forms" },
        { Flaw.CharsetOnImageBytes, "image.forms" },
        { Flaw.JsonRowByRow, "image.forms" },
        { Flaw.ShortImage, "image.array" },
        { Flaw.ErrorsInsideImageBytes, "start.image" },
        { Flaw.AbortRefusedWhenIdle, "method.abort" },
        { Flaw.StopRefusedWhenIdle, "method.stop" },
        { Flaw.StartBlocks, "exposure.start" },
        { Flaw.StartReturnsIdle, "exposure.exposing" },
        { Flaw.ReadyStaysTrue, "exposure.early" },
        { Flaw.StartTimeWithZ, "exposure.starttime" },
        { Flaw.StartTimeWithBlank, "exposure.starttime" },
        { Flaw.StartTimeLocal, "exposure.starttime" },
        { Flaw.DurationWithReadout, "exposure.duration" },
        { Flaw.LongExposureMin, "exposure.limits" },
        { Flaw.NeverReady, "exposure.take" },
        { Flaw.AbortLeavesImage, "image.gone" },
        { Flaw.StopTellsWholeDuration, "exposure.stop" },
        { Flaw.StartWhileBusy, "exposure.busy" },
        { Flaw.TooLongTaken, "refuse.toolong" },
        { Flaw.OneLock, "clients.downloads" },
    };

    [Theory]
    [MemberData(nameof(Traps))]
    public async Task A_flaw_is_found_by_its_check(Flaw flaw, string checkId)
    {
        var model = flaw is Flaw.BayerOffsetsOfMono or Flaw.HotSetpointTaken or Flaw.PulseGuideBlocks ? FakeModel.Rich : FakeModel.Plain;

        var report = await Judging.CameraAsync(model with { Flaw = flaw }, TestContext.Current.CancellationToken, checkId, wait: ShortWait);

        report.Finds(checkId, Outcome.Issue);
    }

    public static TheoryData<string> CheckIds => [.. Traps.Select(trap => trap.Data.Item2).Append("clients.segments").Distinct()];

    [Theory]
    [MemberData(nameof(CheckIds))]
    public async Task The_same_check_alone_finds_nothing_wrong_with_a_clean_camera(string checkId)
    {
        var report = await Judging.CameraAsync(FakeModel.Plain, TestContext.Current.CancellationToken, checkId);

        report.IsClean();
    }

    [Fact]
    public async Task Headers_and_body_in_two_segments_are_an_information()
    {
        var report = await Judging.CameraAsync(
            FakeModel.Plain with { Flaw = Flaw.TwoSegments }, TestContext.Current.CancellationToken, "clients.segments");

        report.Finds("clients.segments", Outcome.Information);
    }

    [Theory]
    [InlineData(Flaw.Int32OnTheWire, "image.forms")]
    [InlineData(Flaw.CharsetOnImageBytes, "image.forms")]
    [InlineData(Flaw.ErrorsInsideImageBytes, "start.image")]
    public async Task What_ConformU_passes_is_an_information_in_a_tolerant_run(Flaw flaw, string checkId)
    {
        var report = await Judging.CameraAsync(FakeModel.Plain with { Flaw = flaw }, TestContext.Current.CancellationToken, checkId, strict: false);

        report.Finds(checkId, Outcome.Information);
        Assert.Equal(0, report.Count(Outcome.Issue));
    }

}
