using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.EndToEnd.Tests.Faults;

/// <summary>What a fault must lead to.</summary>
/// <param name="Fault">The faults, one after the other, separated by semicolons.</param>
/// <param name="State">The named state that the server shows.</param>
/// <param name="Words">Words in the state's sentence, or in the problem of the image port; null for any.</param>
internal sealed record FaultCase(string Fault, TelescopeStateName State, string? Words = null)
{
    /// <summary>What a client's exposure is refused with; null when it is delivered.</summary>
    public string? Refused { get; init; }

    /// <summary>What the server waits for, by design, before it can know: it is hurried through that. The state appears within 5 s afterwards.</summary>
    public TimeSpan Silence { get; init; }

    /// <summary>How long after the state a client exposes: for a short gap in the connection the stack that is held stays the present one.</summary>
    public TimeSpan Later { get; init; }

    /// <summary>How fast the server's clock runs while it recovers.</summary>
    public double Hurry { get; init; } = 8;

    /// <summary>Whether somebody has to start stacking again before there is a picture.</summary>
    public bool NeedsStart { get; init; }

    /// <summary>The firmware; null for the model's own.</summary>
    public string? Firmware { get; init; }

    /// <summary>Battery that the server shows; null for any.</summary>
    public int? Battery { get; init; }

    public override string ToString() => Firmware is null ? Fault : $"{Fault} on {Firmware}";
}
