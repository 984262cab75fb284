using System.Diagnostics.CodeAnalysis;
using SeestarAlpaca.Alpaca.Contracts;

namespace SeestarAlpaca.Alpaca.Sessions;

/// <summary>What the server remembers of one client key at one device.</summary>
/// <remarks>Guarded by the lock of the <see cref="SessionTable{TDriver}"/>.</remarks>
internal sealed class Seat<TDriver>
    where TDriver : IAscomDeviceV2
{
    /// <summary>Connecting and disconnecting of one client follow one another, so that the state asked for last is the one that stays.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    public SeatState State { get; private set; } = SeatState.Unknown;

    /// <summary>The session that requests go to. For <see cref="SeatState.Away"/> the ended one while it is still disconnecting, else null.</summary>
    public ClientSession<TDriver>? Session { get; private set; }

    /// <summary>Connects and disconnects at work or waiting; the seat cannot be forgotten meanwhile.</summary>
    public int Turns { get; set; }

    /// <summary>Timestamp of the last request.</summary>
    public long LastSeen { get; set; }

    /// <summary>Uses a session that another key connected.</summary>
    public void Watch(ClientSession<TDriver> session) => (State, Session) = (SeatState.Watching, session);

    /// <summary>Becomes a member of a session, leaving the one before.</summary>
    public void Join(ClientSession<TDriver> session)
    {
        Leave();
        session.Members++;
        (State, Session) = (SeatState.Connected, session);
    }

    /// <summary>Parts from the session, which ends when this was its last member.</summary>
    public void Leave()
    {
        if (Session is { } session && (State == SeatState.Away || (State == SeatState.Connected && --session.Members == 0)))
        {
            session.Discard();
        }

        (State, Session) = (SeatState.Away, null);
    }

    /// <summary>Parts from the session but keeps it for the client's questions if it has to be disconnected now that its last member is gone.</summary>
    /// <returns>The session to be disconnected; null if there is none.</returns>
    public ClientSession<TDriver>? LeaveToDisconnect()
    {
        if (State != SeatState.Connected || --Session!.Members > 0)
        {
            Session = State == SeatState.Away ? Session : null;
            State = SeatState.Away;
            return null;
        }

        State = SeatState.Away;
        Session.Ended = true;
        return Session;
    }

    /// <summary>Lets go of what ended or fell silent. A client whose session ended by silence is away, not free to use somebody else's.</summary>
    /// <returns>True when nothing worth remembering is left.</returns>
    public bool Tidy()
    {
        switch (State)
        {
            case SeatState.Watching when Session!.Ended:
                (State, Session) = (SeatState.Unknown, null);
                break;
            case SeatState.Connected when Session!.IsDiscarded:
                (State, Session) = (SeatState.Away, null);
                break;
            case SeatState.Away when Session is { } session && (session.IsDiscarded || session.IsSilent):
                Leave();
                break;
        }

        return State == SeatState.Unknown && Turns == 0;
    }
}

/// <summary>How a client key stands to a session.</summary>
internal enum SeatState
{
    /// <summary>Never seen, or what it watched has ended.</summary>
    Unknown,

    /// <summary>Uses a session that another key connected.</summary>
    Watching,

    /// <summary>Connected, and not disconnected since.</summary>
    Connected,

    /// <summary>Disconnected until it connects again.</summary>
    Away,
}

/// <summary>The seats of all client keys at one device.</summary>
/// <remarks>Guarded by the lock of the <see cref="SessionTable{TDriver}"/>.</remarks>
internal sealed class Seats<TDriver>(TimeProvider time)
    where TDriver : IAscomDeviceV2
{
    /// <summary>Client keys that are remembered at most; beyond it the one not seen for longest is forgotten, unless it is connected.</summary>
    public const int Max = 256;

    private readonly Dictionary<ClientKey, Seat<TDriver>> _seats = [];

    public bool TryFind(ClientKey key, [NotNullWhen(true)] out Seat<TDriver>? seat)
    {
        var found = _seats.TryGetValue(key, out seat);
        if (found)
        {
            seat!.LastSeen = time.GetTimestamp();
        }

        return found;
    }

    public Seat<TDriver> FindOrAdd(ClientKey key)
    {
        if (!TryFind(key, out var seat))
        {
            if (_seats.Count >= Max)
            {
                ForgetOldest();
            }

            _seats[key] = seat = new Seat<TDriver> { LastSeen = time.GetTimestamp() };
        }

        return seat;
    }

    public void Tidy()
    {
        foreach (var (key, _) in _seats.Where(s => s.Value.Tidy()).ToArray())
        {
            _seats.Remove(key);
        }
    }

    /// <summary>Ends the sessions of all seats.</summary>
    public void DiscardAll()
    {
        foreach (var seat in _seats.Values)
        {
            seat.Session?.Discard();
        }

        _seats.Clear();
    }

    private void ForgetOldest()
    {
        var oldest = _seats.Where(s => s.Value.State != SeatState.Connected && s.Value.Turns == 0).OrderBy(s => s.Value.LastSeen).FirstOrDefault();
        if (oldest.Value is { } seat)
        {
            seat.Leave();
            _seats.Remove(oldest.Key);
        }
    }
}
