namespace SeestarAlpaca.Simulator.Telescopes;

/// <summary>What a stack counts. To be used within the agenda; reading a single number is safe anywhere.</summary>
internal sealed class StackCount
{
    /// <summary>Subs that are in the stack.</summary>
    public int Accepted { get; set; }

    /// <summary>Subs that were rejected.</summary>
    public int Dropped { get; set; }

    /// <summary>Exposures begun.</summary>
    public int Exposed { get; set; }

    /// <summary>The code of the newest sub; −1 before the first, 0 good.</summary>
    public int ErrorCode { get; set; } = -1;

    /// <summary>Whether a plate solve has shown what is in the field.</summary>
    public bool CanAnnotate { get; set; }

    /// <summary>Accepted and rejected.</summary>
    public int Total => Accepted + Dropped;
}
