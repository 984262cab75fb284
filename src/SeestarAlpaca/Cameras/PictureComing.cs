using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>Whether a telescope may send a picture in the next seconds.</summary>
internal static class PictureComing
{
    /// <summary>Whether it exposes, or may do so as far as is known; not when it is known to do something else.</summary>
    public static bool IsPossible(Telescope telescope, PictureChoice picture) => telescope.State.Name switch
    {
        TelescopeStateName.Stacking or TelescopeStateName.StackStarting or TelescopeStateName.StackStale
            or TelescopeStateName.Listening or TelescopeStateName.Connecting => true,
        TelescopeStateName.WaitingForStack => picture is PictureChoice.NewestSub or PictureChoice.NewestWide,
        TelescopeStateName.StackEnded => picture is PictureChoice.NewestWide || (picture is PictureChoice.NewestSub && telescope.Session.Snapshot.Telescope.IsLive is true),
        TelescopeStateName.NoView or TelescopeStateName.ConnectionsInUse => picture is PictureChoice.NewestWide,
        _ => false,
    };

    /// <summary>Refuses an exposure for which no picture is held and none can be on its way.</summary>
    /// <exception cref="DriverException">0x40B or 0x500: there is none; the message says what to do.</exception>
    public static void Require(Telescope telescope, PictureChoice picture)
    {
        if (picture == PictureChoice.NewestWide && telescope.Session.Snapshot.Telescope.ShowsVideo)
        {
            throw DriverException.InvalidOperation("In a video view the wide camera sends one old picture and no other. Open the stargazing view in the Seestar app.");
        }

        if (IsPossible(telescope, picture))
        {
            return;
        }

        var state = telescope.State;
        throw state.Name is TelescopeStateName.Unreachable or TelescopeStateName.ConnectionsInUse or TelescopeStateName.Resting
            ? DriverException.DeviceFailure(state.Text)
            : DriverException.InvalidOperation(state.Text);
    }
}
