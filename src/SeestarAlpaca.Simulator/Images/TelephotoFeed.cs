using SeestarAlpaca.Simulator.Procedures;
using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>What port 4800 shows.</summary>
internal sealed class TelephotoFeed(Telescope telescope) : IImageFeed
{
    /// <inheritdoc/>
    public SubPicture? Sub => telescope.Pictures.Sub;

    /// <inheritdoc/>
    public StackPicture? ReadStack() => telescope.Pictures.ReadStack();

    private bool Streams => telescope.View.Stage switch
    {
        ContinuousExposure live => live.IsExposing,
        Stacking => telescope.Options.Unknowns.StreamingWhileStacking != StreamingWhileStacking.Nothing,
        _ => false,
    };

    /// <inheritdoc/>
    public Frame? Push(FrameForm form, byte id) =>
        telescope.View.Stage is Stacking && telescope.Options.Unknowns.StreamingWhileStacking == StreamingWhileStacking.Stacks
            ? ReadStack() is { } stack ? form.Pack(stack, id) : null
            : Sub is { } sub ? form.Raw(sub, id) : null;

    /// <inheritdoc/>
    public bool TryStream(IPreviewListener listener) => telescope.Agenda.Enter(() =>
    {
        if (!Streams)
        {
            return false;
        }

        telescope.Previews.Add(listener);
        return true;
    });

    /// <inheritdoc/>
    public void EndStream(IPreviewListener listener) => telescope.Previews.Remove(listener);
}
