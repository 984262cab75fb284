using SeestarAlpaca.Simulator.Images;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Faults;

/// <summary>Which of the telescope's ports a connection is on.</summary>
internal enum FaultPort
{
    /// <summary>Commands and events.</summary>
    Control,

    /// <summary>Pictures, telephoto or wide.</summary>
    Image,
}

/// <summary>What writers ask before they send something. Thread safe.</summary>
internal interface IFaults
{
    /// <summary>Image connections that may be open at once now.</summary>
    int MostImageConnections { get; }

    /// <summary>Whether the telescope is off or out of reach, so that it answers no probe.</summary>
    bool IsAway { get; }

    /// <summary>Tells of a new connection; to be disposed when it ends.</summary>
    IDisposable Attach(FaultPort port, PieceWriter writer);

    /// <summary>How the next frame is spoilt; null if it is not.</summary>
    OutgoingFrame? NextFrame(Frame frame);

    /// <summary>Writes a control line, whole or in parts.</summary>
    ValueTask WriteLineAsync(PieceWriter writer, ReadOnlyMemory<byte> line, CancellationToken cancellationToken);

    /// <summary>What is sent in place of an event: nothing else, twice the same, or more members.</summary>
    IEnumerable<WireObject> Events(WireObject happened);

    /// <summary>What is sent in place of a reply.</summary>
    WireObject Reply(WireObject reply);

    /// <summary>Waits before a command is carried out, if it is to be slow. To be used within the agenda.</summary>
    Task DelayAsync(string method, CancellationToken cancellationToken);
}
