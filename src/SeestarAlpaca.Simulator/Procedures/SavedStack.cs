using System.Globalization;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>The file that a telescope keeps of a stack. It exists in events only.</summary>
internal static class SavedStack
{
    /// <summary>Tells that the stack has been saved.</summary>
    /// <returns>Path and name without ending.</returns>
    public static string Tell(Telescope telescope)
    {
        var (target, exposure, filter) = (telescope.View.TargetName, telescope.StackExposure.TotalSeconds, telescope.Wheel.FilterName);
        var date = telescope.Clock.Date(telescope.Agenda.Now);
        var name = string.Create(CultureInfo.InvariantCulture, $"Stacked_{telescope.Stack.Accepted}_{target}_{exposure:F1}s_{filter}_{date:yyyyMMdd-HHmmss}");
        telescope.Events.Emit("SaveImage", new WireObject
        {
            ["state"] = "complete",
            ["filename"] = name + ".fit",
            ["fullname"] = $"{Albums.Root}/{target}/{name}.fit",
        });
        telescope.Albums.Add(target, name);
        return $"{Albums.Root}/{target}/{name}";
    }
}
