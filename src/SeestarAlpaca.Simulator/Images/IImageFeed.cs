namespace SeestarAlpaca.Simulator.Images;

/// <summary>The pictures of one image port. Thread safe.</summary>
internal interface IImageFeed
{
    /// <summary>The newest sub; null if there is none.</summary>
    SubPicture? Sub { get; }

    /// <summary>The stack; null if there is none.</summary>
    StackPicture? ReadStack();

    /// <summary>What is pushed when something has been exposed; null if there is nothing.</summary>
    /// <param name="form">Makes the frame.</param>
    /// <param name="id">The id of the request that began it.</param>
    Frame? Push(FrameForm form, byte id);

    /// <summary>Begins pushing, if there is something to push.</summary>
    /// <returns>Whether it does.</returns>
    bool TryStream(IPreviewListener listener);

    /// <summary>Ends pushing.</summary>
    void EndStream(IPreviewListener listener);
}
