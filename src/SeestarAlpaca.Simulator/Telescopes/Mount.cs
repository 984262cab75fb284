using SeestarAlpaca.Simulator.Sky;

namespace SeestarAlpaca.Simulator.Telescopes;

/// <summary>Arm, tracking and direction. To be changed within the agenda.</summary>
internal sealed class Mount(Pointing pointing)
{
    /// <summary>Where the telescope looks.</summary>
    public Pointing Pointing { get; set; } = pointing;

    /// <summary>Whether the arm is folded.</summary>
    public bool ArmClosed { get; set; }

    /// <summary>Whether the telescope follows the sky.</summary>
    public bool Tracking { get; set; }

    /// <summary>Whether the telescope stands on a wedge.</summary>
    public bool EquatorialMode { get; set; }

    /// <summary>Whether the mount is moving on its own account.</summary>
    public bool Moving { get; set; }
}
