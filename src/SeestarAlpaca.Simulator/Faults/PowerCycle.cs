using SeestarAlpaca.Simulator.Procedures;
using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Faults;

/// <summary>Switches the telescope off and on. To be used within the agenda.</summary>
internal static class PowerCycle
{
    private const double Day = 86_400;

    /// <summary>From the folded arm to the end of the connections, in seconds.</summary>
    private const double LastWords = 2;

    /// <summary>Restarts without a word: what the telescope did and had is gone, and its clock begins anew.</summary>
    /// <param name="telescope">Whose.</param>
    /// <param name="seconds">How long it takes, simulated.</param>
    public static async Task RebootAsync(Telescope telescope, double seconds)
    {
        using var away = telescope.Faults.Connections.GoAway();
        await telescope.View.DropAsync();
        Forget(telescope);
        await telescope.DelayAsync(seconds, telescope.Lifetime);
        telescope.Events.Restart();
    }

    /// <summary>Ends the view, folds the arm and switches off.</summary>
    /// <param name="telescope">Whose.</param>
    /// <param name="seconds">When it is switched on again, simulated; 0 for never.</param>
    public static async Task ShutDownAsync(Telescope telescope, double seconds)
    {
        await Arm.CloseAsync(telescope);
        await telescope.DelayAsync(LastWords, telescope.Lifetime);
        using var away = telescope.Faults.Connections.GoAway();
        Forget(telescope);
        do
        {
            await telescope.DelayAsync(seconds > 0 ? seconds : Day, telescope.Lifetime);
        }
        while (seconds == 0);

        telescope.Events.Restart();
    }

    private static void Forget(Telescope telescope)
    {
        telescope.Stack = new StackCount();
        telescope.Pictures.Clear();
        telescope.Previews.End();
        telescope.IsInitialised = false;
        telescope.Mount.Tracking = false;
    }
}
