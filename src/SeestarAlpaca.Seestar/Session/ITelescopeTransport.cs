namespace SeestarAlpaca.Seestar.Session;

/// <summary>The telescope's ports that a session connects to.</summary>
public enum TelescopePort
{
    /// <summary>Commands and events, 4700.</summary>
    Control,

    /// <summary>Pictures of the telephoto camera, 4800.</summary>
    Image,

    /// <summary>Pictures of the wide camera, 4804, where there is one.</summary>
    Wide,
}

/// <summary>Opens connections to one telescope; a network in production, pipes in tests.</summary>
public interface ITelescopeTransport
{
    /// <summary>Where the telescope is, in words.</summary>
    string Description { get; }

    /// <summary>Opens a connection.</summary>
    /// <exception cref="IOException">It cannot be opened; the message is a sentence that says why.</exception>
    ValueTask<Stream> ConnectAsync(TelescopePort port, CancellationToken cancellationToken);
}
