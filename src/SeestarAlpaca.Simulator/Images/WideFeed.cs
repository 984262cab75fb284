using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Procedures;
using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>
/// What port 4804 shows: in a video view one stale picture that never changes, as was seen; otherwise nothing, since what it shows in
/// star mode is unknown (<c>seestar-protocol.md</c> §5.8, §11.2).
/// </summary>
internal sealed class WideFeed : IImageFeed
{
    /// <summary>The image id that was seen.</summary>
    private const int StaleImageId = 675;

    private readonly Telescope _telescope;
    private readonly SubPicture _stale;

    /// <summary>Makes the port of a telescope that has a wide camera.</summary>
    public WideFeed(Telescope telescope)
    {
        _telescope = telescope;
        var (facts, options) = (telescope.Facts, telescope.Options);
        var request = new SubRequest(Pointing.At(options.Target), new Exposure(1, facts.DefaultGain), StaleImageId, 0);
        var size = options.Unknowns.WideSize ?? options.Size ?? facts.WideSize!.Value;
        _stale = new SubPicture(Source(telescope, size, options.Unknowns.WidePhase ?? facts.WidePhase), request, StaleImageId);
    }

    /// <inheritdoc/>
    public SubPicture? Sub => ShowsVideo && _telescope.Options.StaleWidePicture ? _stale : null;

    private bool ShowsVideo => _telescope.View.Stage is VideoStage;

    /// <inheritdoc/>
    public StackPicture? ReadStack() => null;

    /// <inheritdoc/>
    public Frame? Push(FrameForm form, byte id) => Sub is { } sub ? form.Raw(sub, id) : null;

    /// <inheritdoc/>
    public bool TryStream(IPreviewListener listener)
    {
        if (ShowsVideo)
        {
            listener.OnPreview();
        }

        return ShowsVideo;
    }

    /// <inheritdoc/>
    public void EndStream(IPreviewListener listener)
    {
    }

    private static ISubSource Source(Telescope telescope, PictureSize size, BayerPhase phase)
    {
        var (options, seed) = (telescope.Options, Hash.Mix((ulong)telescope.Options.Seed, Hash.Of("wide")));
        var sensor = new Sensor(telescope.Facts.WideStep, telescope.Facts.DefaultGain, seed);
        return phase == SkyCanvas.Phase
            ? new SyntheticSource(options.Sky, size, sensor, seed)
            : new ShiftedSource(
                new SyntheticSource(options.Sky, new PictureSize(size.Width + ShiftedSource.Margin, size.Height + ShiftedSource.Margin), sensor, seed), size, phase);
    }
}
