using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Telescopes;

/// <summary>What plate solves and annotations have found since power-on. To be used within the agenda.</summary>
internal sealed class Findings
{
    /// <summary>The newest solve; null before the first. While another runs, and when it fails, it is the one before (<c>seestar-protocol.md</c> §4.9).</summary>
    public WireObject? Solve { get; set; }

    /// <summary>The newest annotation; null before the first.</summary>
    public WireObject? Annotation { get; set; }
}
