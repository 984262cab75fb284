using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>Switches the telescope off, and where wanted on again.</summary>
internal static class Restart
{
    /// <summary>How long the telescope may take to answer the command.</summary>
    private const double LastWordsSeconds = 0.5;

    private const double BootSeconds = 40;

    /// <summary>Ends the view and all connections; after a reboot everything is as after power-on, and stamps begin anew.</summary>
    public static async Task RunAsync(Telescope telescope, bool again, CancellationToken cancellationToken)
    {
        await telescope.DelayAsync(LastWordsSeconds, cancellationToken);
        await telescope.View.ForgetAsync();
        await telescope.Power.OffAsync();
        (telescope.Stack, telescope.IsInitialised) = (new StackCount(), false);
        (telescope.Findings.Solve, telescope.Findings.Annotation) = (null, null);
        telescope.Pictures.Clear();
        telescope.Mount.Tracking = false;
        if (again)
        {
            await telescope.DelayAsync(BootSeconds, cancellationToken);
            telescope.Events.Restart();
            telescope.Power.On();
        }
    }
}
