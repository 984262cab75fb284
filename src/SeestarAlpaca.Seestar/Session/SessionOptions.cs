namespace SeestarAlpaca.Seestar.Session;

/// <summary>How a session behaves.</summary>
public sealed record SessionOptions
{
    /// <summary>Whether the control port is used for events and state; default true. False: pictures only, polled.</summary>
    public bool Events { get; init; } = true;

    /// <summary>Whether the control port stays open when the arm is closed and nobody is there; default false: it is closed after 5 minutes.</summary>
    public bool KeepWatching { get; init; }

    /// <summary>The user's RSA private key in PEM form; default null. Without one, locked firmware is only watched.</summary>
    public string? PrivateKeyPem { get; init; }

    /// <summary>How old a stack may be to pass for the present one; default 10 minutes.</summary>
    public TimeSpan MaxStackAge { get; init; } = TimeSpan.FromMinutes(10);
}
