using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Cameras;

/// <summary>Whether a telescope may send a stack in the next seconds.</summary>
internal static class StackComing
{
    /// <summary>Whether it stacks, or may do so as far as is known; not when it is known to do something else.</summary>
    public static bool IsPossible(Telescope telescope) => telescope.State.Name is
        TelescopeStateName.Stacking or TelescopeStateName.StackStarting or TelescopeStateName.StackStale
        or TelescopeStateName.Listening or TelescopeStateName.Connecting;
}
