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
        var (facts, seed) = (telescope.Facts, Hash.Mix((ulong)telescope.Options.Seed, Hash.Of("wide")));
        var size = telescope.Options.Size ?? facts.WideSize!.Value;
        var source = new SyntheticSource(telescope.Options.Sky, size, new Sensor(facts.WideStep, facts.DefaultGain, seed), seed);
        var request = new SubRequest(Pointing.At(telescope.Options.Target), new Exposure(1, facts.DefaultGain), StaleImageId, 0);
        _stale = new SubPicture(source, request, StaleImageId);
    }

    /// <inheritdoc/>
    public SubPicture? Sub => ShowsVideo ? _stale : null;

    private bool ShowsVideo => _telescope.View.Stage is VideoStage;

    /// <inheritdoc/>
    public StackPicture? ReadStack() => null;

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
