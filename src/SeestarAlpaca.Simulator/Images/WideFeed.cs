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
        var seed = Hash.Mix((ulong)options.Seed, Hash.Of("wide"));
        var sensor = new Sensor(facts.WideStep, facts.DefaultGain, seed);
        var source = new SyntheticSource(options.Sky, options.Unknowns.WideSize ?? SizeOf(telescope), sensor, seed, options.Unknowns.WidePhase ?? facts.WidePhase);
        var request = new SubRequest(Pointing.At(options.Target), new Exposure(1, facts.DefaultGain), StaleImageId, 0);
        _stale = new SubPicture(source, request, StaleImageId);
    }

    /// <inheritdoc/>
    public SubPicture? Sub => ShowsVideo && _telescope.Options.StaleWidePicture ? _stale : null;

    /// <summary>The model's size; a smaller one for tests lies as the model's does.</summary>
    private static PictureSize SizeOf(Telescope telescope)
    {
        var wide = telescope.Facts.WideSize!.Value;
        return telescope.Options.Size is not { } size ? wide : wide.Width > wide.Height ? new PictureSize(size.Height, size.Width) : size;
    }

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
}
