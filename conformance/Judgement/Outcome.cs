namespace SeestarAlpaca.Conformance.Judgement;

/// <summary>How grave a finding is; the words are ConformU's (alpaca-camera.md §8). Each is graver than the one before.</summary>
internal enum Outcome
{
    /// <summary>As it must be.</summary>
    Ok,

    /// <summary>Worth knowing; not counted.</summary>
    Information,

    /// <summary>Against the contract; counted.</summary>
    Issue,

    /// <summary>So far from the contract that something could not be judged; counted.</summary>
    Error,
}

/// <summary>One thing that a check found.</summary>
internal sealed record Finding(Outcome Outcome, string Text);

/// <summary>Something wrong with bytes that were read, before it is known how strictly it is judged.</summary>
/// <param name="Tolerant">Its weight in a tolerant run, as ConformU gives it.</param>
/// <param name="Strict">Its weight in a strict run.</param>
/// <param name="Text">What is wrong and what would be right.</param>
internal sealed record Problem(Outcome Tolerant, Outcome Strict, string Text)
{
    /// <summary>An issue in both kinds of run.</summary>
    public static Problem Issue(string text) => new(Outcome.Issue, Outcome.Issue, text);

    /// <summary>An information, which a strict run counts as an issue: ConformU passes it, other clients fail on it.</summary>
    public static Problem Stricter(string text) => new(Outcome.Information, Outcome.Issue, text);

    /// <summary>Judged by strict runs only.</summary>
    public static Problem StrictOnly(string text) => new(Outcome.Ok, Outcome.Issue, text);

    /// <summary>An information in both kinds of run.</summary>
    public static Problem Information(string text) => new(Outcome.Information, Outcome.Information, text);
}
