using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Video;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Scenery, Sun, Moon and planets: video on RTSP, and nothing on the image ports (<c>seestar-protocol.md</c> §4.3, §6).</summary>
internal sealed class VideoStage(Telescope telescope) : IStage
{
    private Activity? _activity;

    /// <inheritdoc/>
    public string Name => "RTSP";

    /// <summary>What the view tells besides its state.</summary>
    public static WireObject ViewFields(Telescope telescope, string mode, string? targetType)
    {
        var fields = new WireObject { ["mode"] = mode };
        if (targetType is not null)
        {
            fields["target_type"] = targetType;
        }

        fields["cam_id"] = 0;
        if (mode == "scenery")
        {
            fields["exp_ms"] = telescope.PreviewExposure.TotalMilliseconds;
            if (telescope.Version >= FirmwareVersion.TellsPort)
            {
                fields["port"] = 4700;
            }

            return fields.With(new WireObject { ["manual_exp"] = false, ["timelapse"] = Timelapse() });
        }

        return fields.With(new WireObject { ["lp_filter"] = false, ["planet_correction"] = true, ["scan_planet_tip"] = false, ["manual_exp"] = false });
    }

    /// <summary>The settings of a time lapse that does not run.</summary>
    public static WireObject Timelapse() => new() { ["enable"] = false, ["delay_sec"] = 1.0, ["src_dura_min"] = -1 };

    /// <inheritdoc/>
    public async Task<IStage?> RunAsync(CancellationToken cancellationToken)
    {
        await telescope.DelayAsync(2.5, 3.5, cancellationToken);
        _activity = telescope.View.View!.Begin(Name, isStage: true, new WireObject { ["roi_index"] = 0, ["port"] = VideoServer.ToldTelephotoPort(telescope.Options) });
        if (telescope.Video is { } video)
        {
            // The stage is over when it is cancelled, whether its end is told or not.
            video.Open(telescope.View.View.Fields.Get("mode", ""));
            cancellationToken.UnsafeRegister(static video => ((VideoServer)video!).Close(), video);
        }

        _activity.Tell();
        telescope.Milestones.Check();
        return null;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _activity?.End("cancel");
        return Task.CompletedTask;
    }
}
