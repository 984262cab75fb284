namespace SeestarAlpaca.Simulator.Recordings;

/// <summary>The preview that waits to be sent on one connection: always the newest.</summary>
/// <remarks>Thread safe: one puts, another takes.</remarks>
internal sealed class NewestPreview
{
    private RecordedFrame? _frame;

    /// <summary>Puts a preview, instead of the one that waits.</summary>
    /// <param name="frame">The preview.</param>
    /// <param name="queue">Asks for one to be sent; called if none had been asked for. False if there is no room: then this preview is missed.</param>
    public void Put(RecordedFrame frame, Func<bool> queue)
    {
        if (Interlocked.Exchange(ref _frame, frame) is null && !queue())
        {
            Interlocked.Exchange(ref _frame, null);
        }
    }

    /// <summary>Takes what waits; null for nothing.</summary>
    public RecordedFrame? Take() => Interlocked.Exchange(ref _frame, null);
}
