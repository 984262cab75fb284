using System.Globalization;

namespace SeestarAlpaca.Simulator.Sky;

/// <summary>Where the telescope looks, and so which field is in the picture.</summary>
/// <param name="Name">The target's name; empty without one.</param>
/// <param name="RightAscensionHours">0 to below 24.</param>
/// <param name="DeclinationDegrees">−90 to 90.</param>
internal readonly record struct Pointing(string Name, double RightAscensionHours, double DeclinationDegrees)
{
    /// <summary>Decides what the field contains.</summary>
    public ulong Seed => Hash.Of(string.Create(CultureInfo.InvariantCulture, $"{Name}|{RightAscensionHours:F4}|{DeclinationDegrees:F3}"));

    /// <summary>Where a target is.</summary>
    public static Pointing At(SkyTarget target) => new(target.Name, target.RightAscensionHours, target.DeclinationDegrees);
}
