using SeestarAlpaca.Imaging.Color;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Imaging.Stars;
using SeestarAlpaca.Simulator.Sky;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>A sub, made when somebody first wants it. Thread safe.</summary>
internal sealed class SubPicture(ISubSource source, SubRequest request, int imageId)
{
    private readonly Lazy<BayerImage> _image = new(() => source.Expose(request));
    private Lazy<DeflatedSamples>? _deflated;

    /// <summary>The exposure counter.</summary>
    public int ImageId => imageId;

    /// <summary>How sky and optics were.</summary>
    public SkyConditions Conditions => request.Conditions;

    /// <summary>The pixels.</summary>
    public BayerImage Image => _image.Value;

    /// <summary>The pixels, deflated once for all who ask.</summary>
    public DeflatedSamples Deflated =>
        LazyInitializer.EnsureInitialized(ref _deflated, () => new Lazy<DeflatedSamples>(() => DeflatedSamples.Of(Image.Samples))).Value;

    /// <summary>Does what a stack needs and takes its time: debayers, and finds the stars if the sub is registered on them.</summary>
    public StackableSub Prepare()
    {
        var colours = Demosaic.Bilinear(Image);
        return new StackableSub(colours, source.DriftOf(request), source.IsRegisteredOnStars ? StarFinder.Find(colours) : null, imageId);
    }
}

/// <summary>A sub as a stack takes it.</summary>
/// <param name="Colours">The debayered sub.</param>
/// <param name="Drift">How far it is off its place, if it is not registered on stars.</param>
/// <param name="Stars">Its stars, the brightest first; null if it is not registered on them.</param>
/// <param name="ImageId">Its exposure counter.</param>
internal sealed record StackableSub(RgbImage Colours, Drift Drift, IReadOnlyList<DetectedStar>? Stars, int ImageId);

/// <summary>A stack as it was at one moment. Thread safe.</summary>
/// <param name="image">The mean.</param>
/// <param name="frames">Of how many subs.</param>
/// <param name="imageId">The exposure counter of the last of them.</param>
internal sealed class StackPicture(RgbImage image, int frames, int imageId)
{
    private readonly Lazy<DeflatedSamples> _deflated = new(() => DeflatedSamples.Of(image.Samples));

    /// <summary>The pixels.</summary>
    public RgbImage Image => image;

    /// <summary>Of how many subs it is the mean.</summary>
    public int Frames => frames;

    /// <summary>The exposure counter of the last sub.</summary>
    public int ImageId => imageId;

    /// <summary>The pixels, deflated once for all who ask.</summary>
    public DeflatedSamples Deflated => _deflated.Value;
}
