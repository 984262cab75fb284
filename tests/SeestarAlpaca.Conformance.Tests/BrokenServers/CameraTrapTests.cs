using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>Each flaw of a camera is found by the check that is meant for it.</summary>
public sealed class CameraTrapTests
{
    /// <summary>How long is waited for what a flawed server never does.</summary>
    private const double InVain = 0.6;

    /// <summary>Flaw, the check that must find it, and what it must say of it.</summary>
    public static TheoryData<Flaw, string, string> Traps => new()
    {
        { Flaw.RangeAsBadRequest, "binning.range", "HTTP 400" },
        { Flaw.IntegersWithPoint, "binning.max", "the Value 3.0" },
        { Flaw.MissingErrorKeys, "connection.interfaceversion", "the key ErrorNumber is missing" },
        { Flaw.LargeInt16, "gain.mode", "the Value 65535" },
        { Flaw.FrameCheckedWhenSet, "refuse.frame", "the range is StartExposure's to check: error 0x401" },
        { Flaw.BinnedSizeRoundedUp, "image.array", "17 × 25 pixels at 0,0: the image is 18 × 25" },
        { Flaw.ImageFollowsSettings, "image.stays", "the image is another one" },
        { Flaw.SubframeStartIgnored, "image.subframe", "subframes show what the full frame shows there" },
        { Flaw.CornerNotChecked, "refuse.corner", "34 × 50 pixels at 1,0 does not fit" },
        { Flaw.BinsGoTheirOwnWays, "refuse.asymmetric", "biny is 1; it must be 2" },
        { Flaw.PercentRefusedWhenIdle, "exposure.percent", "PercentCompleted when idle" },
        { Flaw.VariantNotImplemented, "image.variant", "there is no image: error 0x400" },
        { Flaw.LongDescription, "common.description", "69 characters" },
        { Flaw.ExtraDeviceState, "common.devicestate", "DeviceState has Weather" },
        { Flaw.RecasedDeviceState, "common.devicestate", "DeviceState has imageReady" },
        { Flaw.GainsBesideLimits, "gain.mode", "gains is given" },
        { Flaw.OffsetAloneAnswers, "offset.mode", "offset is given, offsetmin is not implemented" },
        { Flaw.GainLimitsAtTypeEnds, "gain.mode", "end of the type" },
        { Flaw.BayerOffsetsOfMono, "sensor.bayer", "the sensor is monochrome: success" },
        { Flaw.BayerOffsetsMissing, "sensor.bayer", "this member is mandatory" },
        { Flaw.FastReadoutOtherError, "readout.fast", "CanFastReadout is false: error 0x40B" },
        { Flaw.SetTemperatureOtherError, "cooling.setpoint", "CanSetCCDTemperature is false: error 0x40B" },
        { Flaw.HotSetpointTaken, "cooling.setpoint", "105 °C is taken" },
        { Flaw.PulseGuideOtherError, "guide.pulse", "CanPulseGuide is false: error 0x40B" },
        { Flaw.PulseGuideBlocks, "guide.pulse", "PulseGuide must return at once" },
        { Flaw.ModeOutOfRangeTaken, "readout.range", "there is no such mode: success" },
        { Flaw.LastExposureRemembered, "start.again", "lastexposureduration must be refused" },
        { Flaw.BinRemembered, "start.again", "binx is 3 after connecting" },
        { Flaw.ImageRemembered, "start.again", "ImageReady" },
        { Flaw.SecondConnectResets, "clients.second", "After a second client connected, numx is 34" },
        { Flaw.WorksDisconnected, "disconnected.properties", "when not connected must be refused with 0x407: success" },
        { Flaw.DimensionsSwapped, "image.array", "its dimensions are swapped" },
        { Flaw.Mirrored, "image.letterf", "mirrored left to right" },
        { Flaw.ElementTypeUInt16, "image.forms", "ImageElementType is 8" },
        { Flaw.Int32OnTheWire, "image.forms", "TransmissionElementType is 2" },
        { Flaw.CharsetOnImageBytes, "image.forms", "'application/imagebytes; charset=utf-8'" },
        { Flaw.JsonRowByRow, "image.forms", "Accept application/json: not the same image: 34 × 50 against 50 × 34" },
        { Flaw.ShortImage, "image.array", "3398 bytes of data where 1700 elements" },
        { Flaw.ErrorsInsideImageBytes, "start.image", "an error inside ImageBytes" },
        { Flaw.AbortRefusedWhenIdle, "method.abort", "abortexposure must succeed when idle" },
        { Flaw.StopRefusedWhenIdle, "method.stop", "stopexposure must succeed when idle" },
        { Flaw.StartBlocks, "exposure.start", "StartExposure took" },
        { Flaw.StartReturnsIdle, "exposure.exposing", "idle straight after StartExposure" },
        { Flaw.ReadyStaysTrue, "exposure.early", "ImageReady is true straight after StartExposure" },
        { Flaw.StartTimeWithZ, "exposure.starttime", "Z' must have the form" },
        { Flaw.StartTimeWithBlank, "exposure.starttime", "must have the form" },
        { Flaw.StartTimeLocal, "exposure.starttime", "more than 2 s away" },
        { Flaw.DurationWithReadout, "exposure.duration", "LastExposureDuration is 0.42" },
        { Flaw.LongExposureMin, "exposure.limits", "do not fit into 10 to 3600 s" },
        { Flaw.NeverReady, "exposure.take", "ImageReady did not become true" },
        { Flaw.AbortLeavesImage, "image.gone", "ImageReady must be false after an abort" },
        { Flaw.StopTellsWholeDuration, "exposure.stop", "must be the time until StopExposure" },
        { Flaw.StartWhileBusy, "exposure.busy", "an exposure is under way: success" },
        { Flaw.TooLongTaken, "refuse.toolong", "the duration is out of range: success" },
        { Flaw.OneLock, "clients.downloads", "it waited for them" },
    };

    /// <summary>Flaws that leave nothing to judge.</summary>
    public static TheoryData<Flaw, string, string> LastTraps => new()
    {
        { Flaw.NullErrorMessage, "connection.interfaceversion", "ErrorMessage is null" },
        { Flaw.CamelCaseKeys, "connection.interfaceversion", "is not written ClientTransactionID" },
        { Flaw.TextJson, "connection.interfaceversion", "'text/json'" },
        { Flaw.ConnectedSticks, "connection.connect", "Connected must become False" },
    };

    [Theory]
    [MemberData(nameof(Traps))]
    public async Task A_flaw_is_found_by_its_check(Flaw flaw, string checkId, string words)
    {
        var model = flaw is Flaw.BayerOffsetsOfMono or Flaw.HotSetpointTaken or Flaw.PulseGuideBlocks ? FakeModel.Rich : FakeModel.Plain;

        var report = await Judging.CameraAsync(
            model with { Flaw = flaw }, TestContext.Current.CancellationToken, checkId, wait: flaw == Flaw.NeverReady ? InVain : Judging.Wait);

        report.Finds(checkId, Outcome.Issue, words);
    }

    [Theory]
    [MemberData(nameof(LastTraps))]
    public async Task A_flaw_that_leaves_nothing_to_judge_is_an_error_of_its_check(Flaw flaw, string checkId, string words)
    {
        var report = await Judging.CameraAsync(FakeModel.Plain with { Flaw = flaw }, TestContext.Current.CancellationToken, checkId);

        report.Finds(checkId, Outcome.Error, words);
        Assert.Equal(1, report.Count(Outcome.Error));
    }

    public static TheoryData<string> CheckIds => [.. Traps.Concat(LastTraps).Select(trap => trap.Data.Item2).Append("clients.segments").Distinct()];

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

        report.Finds("clients.segments", Outcome.Information, "two segments");
    }

    [Theory]
    [InlineData(Flaw.Int32OnTheWire, "image.forms", "TransmissionElementType is 2")]
    [InlineData(Flaw.CharsetOnImageBytes, "image.forms", "'application/imagebytes; charset=utf-8'")]
    [InlineData(Flaw.ErrorsInsideImageBytes, "start.image", "an error inside ImageBytes")]
    public async Task What_ConformU_passes_is_an_information_in_a_tolerant_run(Flaw flaw, string checkId, string words)
    {
        var report = await Judging.CameraAsync(FakeModel.Plain with { Flaw = flaw }, TestContext.Current.CancellationToken, checkId, strict: false);

        report.Finds(checkId, Outcome.Information, words);
        Assert.Equal(0, report.Count(Outcome.Issue));
    }
}
