namespace SeestarAlpaca.Simulator.Images;

/// <summary>The pictures of one image port. Thread safe.</summary>
internal interface IImageFeed
{
    /// <summary>The newest sub; null if there is none.</summary>
    SubPicture? Sub { get; }

    /// <summary>The stack; null if there is none.</summary>
    StackPicture? ReadStack();

    /// <summary>Begins pushing previews, if live view exposes.</summary>
    /// <returns>Whether it does.</returns>
    bool TryStream(IPreviewListener listener);

    /// <summary>Ends pushing previews.</summary>
    void EndStream(IPreviewListener listener);
}
