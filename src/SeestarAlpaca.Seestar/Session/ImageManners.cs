namespace SeestarAlpaca.Seestar.Session;

/// <summary>How a connection to the image port came to its end.</summary>
/// <param name="Lasted">How long it had lasted.</param>
/// <param name="Heard">Whether at least one whole message had come.</param>
/// <param name="Answered">Whether a request for a stack had been answered.</param>
/// <param name="BetweenMessages">Whether it was closed by the telescope and not within a message.</param>
internal readonly record struct ImageEnd(TimeSpan Lasted, bool Heard, bool Answered, bool BetweenMessages);

/// <summary>
/// Learns whether a telescope closes its image port after each answer, as one report of firmware 7.34 has it, or when it hears nothing for a moment
/// (<c>seestar-protocol.md</c> §5.8, §11.2). Such a telescope is asked one thing at a time, on a connection of its own. Pure.
/// </summary>
/// <param name="IsCurt">Whether it does so.</param>
internal readonly record struct ImageManners(bool IsCurt)
{
    /// <summary>A connection that lasts this long, with heartbeats, is not closed after each answer.</summary>
    public static readonly TimeSpan Brief = TimeSpan.FromSeconds(4);

    /// <summary>How long to believe it: previews need a connection that lasts.</summary>
    public static readonly TimeSpan BelievedFor = TimeSpan.FromMinutes(5);

    /// <summary>The manners after a connection that the telescope, or the network, has ended.</summary>
    public ImageManners After(in ImageEnd end) => end.Lasted >= Brief ? new(false) : end is { Heard: true, BetweenMessages: true } ? new(true) : this;

    /// <summary>Whether the end was to be expected, or is the one by which a curt telescope is known; then nothing has failed.</summary>
    public bool Expects(in ImageEnd end) => After(end).IsCurt && end is { Heard: true, BetweenMessages: true } && (end.Answered || !IsCurt);
}
