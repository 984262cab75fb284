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

    /// <inheritdoc/>
    public bool TryStream(IPreviewListener listener) => telescope.Agenda.Enter(() =>
    {
        if (telescope.View.Stage is not ContinuousExposure { IsExposing: true })
        {
            return false;
        }

        telescope.Previews.Add(listener);
        return true;
    });

    /// <inheritdoc/>
    public void EndStream(IPreviewListener listener) => telescope.Previews.Remove(listener);
}
