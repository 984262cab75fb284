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
        var (facts, seed) = (telescope.Facts, Hash.Mix((ulong)telescope.Options.Seed, Hash.Of("wide")));
        var size = SizeOf(telescope);
        var source = new SyntheticSource(telescope.Options.Sky, size, new Sensor(facts.WideStep, facts.DefaultGain, seed), seed, PhaseOf(telescope));
        var request = new SubRequest(Pointing.At(telescope.Options.Target), new Exposure(1, facts.DefaultGain), StaleImageId, 0);
        _stale = new SubPicture(source, request, StaleImageId);
    }

    /// <inheritdoc/>
    public SubPicture? Sub => ShowsVideo ? _stale : null;

    /// <summary>The model's size; a smaller one for tests lies as the model's does.</summary>
    private static PictureSize SizeOf(Telescope telescope)
    {
        var wide = telescope.Facts.WideSize!.Value;
        return telescope.Options.Size is not { } size ? wide : wide.Width > wide.Height ? new PictureSize(size.Height, size.Width) : size;
    }

    /// <summary>As the device state tells it: RG on S30, GR on S30 Pro (<c>seestar-protocol.md</c> §4.1, §5.4).</summary>
    private static BayerPhase PhaseOf(Telescope telescope) =>
        telescope.Device.ToWire(["second_camera"]).Child("second_camera").Get("debayer_pattern", "GR") == "RG" ? BayerPhase.Rggb : BayerPhase.Grbg;

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
