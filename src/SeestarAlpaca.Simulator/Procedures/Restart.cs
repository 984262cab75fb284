using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Switches the telescope off, and where wanted on again. To be used within the agenda.</summary>
internal static class Restart
{
    /// <summary>From the command, or from the folded arm, to the end of the connections, in seconds.</summary>
    private const double LastWords = 0.5;

    private const double BootSeconds = 40;
    private const double Day = 86_400;

    /// <summary>Ends the view and all connections, on a command.</summary>
    /// <param name="telescope">Whose.</param>
    /// <param name="again">Whether it is switched on again.</param>
    public static async Task RunAsync(Telescope telescope, bool again)
    {
        await telescope.DelayAsync(LastWords, telescope.Lifetime);
        await telescope.View.ForgetAsync();
        await BeOffAsync(telescope, again ? BootSeconds : 0);
    }

    /// <summary>Folds the arm first.</summary>
    /// <param name="telescope">Whose.</param>
    /// <param name="seconds">When it is switched on again, simulated; 0 for never.</param>
    public static async Task FoldAndRunAsync(Telescope telescope, double seconds)
    {
        await Arm.CloseAsync(telescope);
        await telescope.DelayAsync(LastWords, telescope.Lifetime);
        await telescope.View.ForgetAsync();
        await BeOffAsync(telescope, seconds);
    }

    /// <summary>Restarts without a word, as after a fault of its program.</summary>
    /// <param name="telescope">Whose.</param>
    /// <param name="seconds">How long it takes, simulated.</param>
    public static async Task CrashAsync(Telescope telescope, double seconds)
    {
        using var away = telescope.Faults.Connections.GoAway();
        await telescope.View.DropAsync();
        await BeOffAsync(telescope, Math.Max(seconds, double.Epsilon));
    }

    /// <summary>What the telescope did and had is gone; when it is on again, its clock begins anew.</summary>
    private static async Task BeOffAsync(Telescope telescope, double seconds)
    {
        using var away = telescope.Faults.Connections.GoAway();
        (telescope.Stack, telescope.IsInitialised) = (new StackCount(), false);
        (telescope.Findings.Solve, telescope.Findings.Annotation) = (null, null);
        telescope.Pictures.Clear();
        telescope.Previews.End();
        telescope.Mount.Tracking = false;
        do
        {
            await telescope.DelayAsync(seconds > 0 ? seconds : Day, telescope.Lifetime);
        }
        while (seconds == 0);

        telescope.Events.Restart();
    }
}
