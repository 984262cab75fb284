using SeestarAlpaca.Simulator.Control;

namespace SeestarAlpaca.Simulator.Telescopes;

/// <summary>
/// Who of the clients is master: the first, until another claims it; when the master leaves, the one who has been there longest
/// (<c>seestar-protocol.md</c> §3.3). To be used within the agenda.
/// </summary>
internal sealed class Mastership
{
    private readonly List<Client> _clients = [];

    /// <summary>The master; null without clients.</summary>
    public Client? Master { get; private set; }

    /// <summary>Somebody has connected.</summary>
    public void Join(Client client)
    {
        _clients.Add(client);
        Master ??= client;
    }

    /// <summary>Somebody has gone.</summary>
    public void Leave(Client client)
    {
        _clients.Remove(client);
        if (Master == client)
        {
            Master = _clients.FirstOrDefault();
            Master?.TellMastership(isMaster: true);
        }
    }

    /// <summary>Somebody becomes master; everybody is told whether they are.</summary>
    public void Claim(Client client)
    {
        Master = client;
        Tell();
    }

    /// <summary>The master gives it up to the next, if there is one; everybody is told.</summary>
    public void Yield(Client client)
    {
        Master = Master == client ? _clients.Find(other => other != client) ?? client : Master;
        Tell();
    }

    private void Tell() => _clients.ForEach(client => client.TellMastership(client == Master));
}
