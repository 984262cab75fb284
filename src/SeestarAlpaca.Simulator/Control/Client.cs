using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control;

/// <summary>Somebody on a control connection, as the telescope knows them (<c>seestar-protocol.md</c> §3.3). To be used within the agenda.</summary>
/// <param name="telescope">Whose.</param>
/// <param name="guard">What they may do.</param>
/// <param name="send">Sends them a whole line.</param>
internal sealed class Client(Telescope telescope, Guard guard, Action<byte[]> send)
{
    /// <summary>What they may do.</summary>
    public Guard Guard => guard;

    /// <summary>Tells them, and nobody else, whether they are master.</summary>
    public void TellMastership(bool isMaster) => send(WireText.Line(telescope.Events.Event("Client", new WireObject { ["is_master"] = isMaster })));
}
