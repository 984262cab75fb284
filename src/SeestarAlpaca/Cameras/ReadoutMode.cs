using SeestarAlpaca.Identity;

namespace SeestarAlpaca.Cameras;

/// <summary>Which picture of a telescope an exposure delivers.</summary>
internal enum PictureChoice
{
    /// <summary>The newest stack when the duration has passed.</summary>
    NewestStack,

    /// <summary>The next stack that is another one.</summary>
    NextStack,

    /// <summary>A stack of its own, begun with the exposure.</summary>
    FreshStack,

    /// <summary>The newest single exposure of the telephoto camera when the duration has passed.</summary>
    NewestSub,

    /// <summary>The newest picture of the wide camera when the duration has passed.</summary>
    NewestWide,
}

/// <summary>What is made of a stack's colours.</summary>
public enum StackColours
{
    /// <summary>Linear, as they are.</summary>
    Linear,

    /// <summary>Stretched for the eye.</summary>
    Stretched,

    /// <summary>(R + 2G + B) / 4.</summary>
    Luminance,

    /// <summary>Red alone.</summary>
    Red,

    /// <summary>Green alone.</summary>
    Green,

    /// <summary>Blue alone.</summary>
    Blue,
}

/// <summary>A readout mode: which picture of the camera's one format is delivered.</summary>
/// <param name="Name">As clients show it.</param>
/// <param name="Picture">Which picture.</param>
/// <param name="Colours">What is made of its colours.</param>
internal sealed record ReadoutMode(string Name, PictureChoice Picture, StackColours Colours = StackColours.Linear)
{
    private static readonly ReadoutMode[] Stack =
    [
        new("Live stack", PictureChoice.NewestStack),
        new("New frame", PictureChoice.NextStack),
        new("Latest sub", PictureChoice.NewestSub),
        new("Fresh stack", PictureChoice.FreshStack),
        new("Stretched", PictureChoice.NewestStack, StackColours.Stretched),
    ];

    private static readonly ReadoutMode[] Mono =
    [
        new("Luminance", PictureChoice.NewestStack, StackColours.Luminance),
        new("Red", PictureChoice.NewestStack, StackColours.Red),
        new("Green", PictureChoice.NewestStack, StackColours.Green),
        new("Blue", PictureChoice.NewestStack, StackColours.Blue),
    ];

    private static readonly ReadoutMode[] Sub = [new("Latest sub", PictureChoice.NewestSub)];

    private static readonly ReadoutMode[] Wide = [new("Wide camera", PictureChoice.NewestWide)];

    /// <summary>The readout modes of a format. Clients store the index: the lists only ever grow.</summary>
    public static IReadOnlyList<ReadoutMode> Of(CameraFormat format) => format switch
    {
        CameraFormat.Luminance => Mono,
        CameraFormat.LatestSub => Sub,
        CameraFormat.Wide => Wide,
        _ => Stack,
    };
}
