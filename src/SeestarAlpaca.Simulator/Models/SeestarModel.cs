namespace SeestarAlpaca.Simulator.Models;

/// <summary>The telescopes that can be simulated.</summary>
public enum SeestarModel
{
    /// <summary>Seestar S50: 250 mm, pictures of 1080 × 1920.</summary>
    S50,

    /// <summary>Seestar S30: 150 mm, pictures of 1080 × 1920, with a small wide camera.</summary>
    S30,

    /// <summary>Seestar S30 Pro: 160 mm, pictures of 2160 × 3840, with a wide camera of the same size.</summary>
    S30Pro,
}
