using System.Net;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Devices;

namespace SeestarAlpaca.Alpaca.Sessions;

/// <summary>
/// Who sits where at one device: sessions, the seats of client keys, and what has to be disposed (design.md §3.5). It never asks a driver
/// anything; <see cref="DeviceSessions{TDriver}"/> does, between two steps here.
/// </summary>
/// <remarks>Thread safe; every method is one step. "Take" returns sessions with a use on each, which <see cref="Release"/> ends.</remarks>
internal sealed class SessionTable<TDriver>(TimeProvider time, DriverDisposal disposal)
    where TDriver : IAscomDeviceV2
{
    /// <summary>Sessions that one device has at most.</summary>
    public const int MaxSessions = 16;

    /// <summary>Client keys that are remembered at most; beyond it the one not seen for longest is forgotten, unless it is connected.</summary>
    public const int MaxSeats = 256;

    /// <summary>A session that nobody used for this long ends.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly List<ClientSession<TDriver>> _sessions = [];
    private readonly Dictionary<ClientKey, Seat<TDriver>> _seats = [];
    private ClientSession<TDriver>? _unconnected;
    private int _opening;
    private bool _closed;

    /// <summary>The session of a key that has one; null for a key never seen, and for one that is away.</summary>
    /// <param name="away">The key disconnected and has not connected again.</param>
    public ClientSession<TDriver>? TakeSeated(ClientKey key, out bool away)
    {
        lock (_gate)
        {
            away = false;
            if (!_seats.TryGetValue(key, out var seat))
            {
                return null;
            }

            if (seat.Session is { } session && IsSilent(session))
            {
                DropSilent();
            }

            seat.LastSeen = time.GetTimestamp();
            away = seat.State == SeatState.Away;
            return seat.Session is null || (seat.Session.Ended && !away) ? null : Take(seat.Session);
        }
    }

    /// <summary>The session whose driver answers clients that are not connected; it is never connected itself.</summary>
    public ClientSession<TDriver> TakeUnconnected(IAlpacaDevice<TDriver> device)
    {
        lock (_gate)
        {
            _unconnected ??= new ClientSession<TDriver>(device.Open(), IPAddress.None, time.GetTimestamp());
            var unconnected = Take(_unconnected);
            if (_closed)
            {
                Discard(unconnected);
                _unconnected = null;
            }

            return unconnected;
        }
    }

    /// <summary>All sessions, or those opened from one address, newest first.</summary>
    public ClientSession<TDriver>[] TakeAll(IPAddress? address = null)
    {
        lock (_gate)
        {
            ClientSession<TDriver>[] all = [.. _sessions.Where(s => (address is null || s.Address.Equals(address)) && !IsSilent(s)).Reverse()];
            foreach (var session in all)
            {
                // Looking is not using: it does not keep a silent session alive.
                session.Uses++;
            }

            return all;
        }
    }

    /// <summary>Lets a key that was never seen use somebody else's session from now on, and takes a use; null when the key or the session changed.</summary>
    public ClientSession<TDriver>? TakeWatched(ClientKey key, ClientSession<TDriver> session)
    {
        lock (_gate)
        {
            var seat = SeatOf(key);
            if (session.Ended || seat.State is SeatState.Connected or SeatState.Away)
            {
                return null;
            }

            (seat.State, seat.Session) = (SeatState.Watching, session);
            return Take(session);
        }
    }

    /// <summary>Ends a use. After the last one a discarded driver is disposed.</summary>
    /// <param name="used">False after a mere look, which does not count against silence.</param>
    public void Release(ClientSession<TDriver> session, bool used = true)
    {
        lock (_gate)
        {
            session.Uses--;
            session.LastUsed = used ? time.GetTimestamp() : session.LastUsed;
            Collect(session);
        }
    }

    /// <summary>Announces that a key wants to connect or disconnect; its seat stays until <see cref="EndTurn"/>.</summary>
    public Seat<TDriver> BeginTurn(ClientKey key)
    {
        lock (_gate)
        {
            DropSilent();
            var seat = SeatOf(key);
            seat.Turns++;
            return seat;
        }
    }

    /// <summary>Ends what <see cref="BeginTurn"/> began.</summary>
    public void EndTurn(Seat<TDriver> seat)
    {
        lock (_gate)
        {
            seat.Turns--;
            seat.LastSeen = time.GetTimestamp();
        }
    }

    /// <summary>The session that this seat connected; null if it is not connected.</summary>
    public ClientSession<TDriver>? TakeConnected(Seat<TDriver> seat)
    {
        lock (_gate)
        {
            return seat.State == SeatState.Connected ? Take(seat.Session!) : null;
        }
    }

    /// <summary>Counts a place for a session about to open; false when all are taken. <see cref="CancelOpening"/> or <see cref="Add"/> follows.</summary>
    public bool BeginOpening()
    {
        lock (_gate)
        {
            if (_sessions.Count + _opening >= MaxSessions)
            {
                return false;
            }

            _opening++;
            return true;
        }
    }

    /// <summary>Gives the place back and disposes the driver; the client is away, since what it had before is not what it asked for.</summary>
    public void CancelOpening(Seat<TDriver> seat, TDriver? driver)
    {
        lock (_gate)
        {
            _opening--;
            Leave(seat);
        }

        if (driver is not null)
        {
            disposal.Add(driver);
        }
    }

    /// <summary>Seats the client at its new session; false, with nothing changed, once the table is closed.</summary>
    public bool Add(Seat<TDriver> seat, TDriver driver, IPAddress address)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            _opening--;
            var session = new ClientSession<TDriver>(driver, address, time.GetTimestamp());
            _sessions.Add(session);
            Enrol(seat, session);
            return true;
        }
    }

    /// <summary>Makes the client a member of a session that another one opened; false when it has ended.</summary>
    public bool Join(Seat<TDriver> seat, ClientSession<TDriver> session)
    {
        lock (_gate)
        {
            if (session.Ended)
            {
                return false;
            }

            Enrol(seat, session);
            return true;
        }
    }

    /// <summary>Marks the client as away and takes the session that has to be disconnected for it; null if there is none.</summary>
    /// <param name="again">Also a session that is disconnecting already.</param>
    public ClientSession<TDriver>? TakeLeft(Seat<TDriver> seat, bool again)
    {
        lock (_gate)
        {
            var left = seat.State switch
            {
                SeatState.Connected when --seat.Session!.Members == 0 => seat.Session,
                SeatState.Away => seat.Session,
                _ => null,
            };
            var wanted = left is not null && (again || seat.State == SeatState.Connected);
            (seat.State, seat.Session) = (SeatState.Away, left);
            if (left is not null)
            {
                left.Ended = true;
                _sessions.Remove(left);
            }

            return wanted ? Take(left!) : null;
        }
    }

    /// <summary>The disconnecting of a session has come to its end.</summary>
    public void Forget(Seat<TDriver> seat, ClientSession<TDriver> left)
    {
        lock (_gate)
        {
            Discard(left);
            seat.Session = seat.Session == left ? null : seat.Session;
        }
    }

    /// <summary>Ends a session, whoever uses it.</summary>
    public void End(ClientSession<TDriver> session)
    {
        lock (_gate)
        {
            Discard(session);
            DropSilent();
        }
    }

    /// <summary>Ends sessions that nobody used for <see cref="Silence"/>.</summary>
    public void EndSilent()
    {
        lock (_gate)
        {
            DropSilent();
        }
    }

    /// <summary>Ends everything; nothing can be opened any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var session in _sessions.Concat(_seats.Values.Select(s => s.Session)).Append(_unconnected).ToArray())
            {
                if (session is not null)
                {
                    Discard(session);
                }
            }

            _seats.Clear();
            _unconnected = null;
        }
    }

    private ClientSession<TDriver> Take(ClientSession<TDriver> session)
    {
        session.Uses++;
        session.LastUsed = time.GetTimestamp();
        return session;
    }

    private Seat<TDriver> SeatOf(ClientKey key)
    {
        if (!_seats.TryGetValue(key, out var seat))
        {
            ForgetOldestSeats();
            _seats[key] = seat = new Seat<TDriver>(time.GetTimestamp());
        }

        seat.LastSeen = time.GetTimestamp();
        return seat;
    }

    private void ForgetOldestSeats()
    {
        if (_seats.Count < MaxSeats)
        {
            return;
        }

        var oldest = _seats.Where(s => s.Value.State != SeatState.Connected && s.Value.Turns == 0).OrderBy(s => s.Value.LastSeen).FirstOrDefault();
        if (oldest.Value is { } seat)
        {
            Leave(seat);
            _seats.Remove(oldest.Key);
        }
    }

    private void Enrol(Seat<TDriver> seat, ClientSession<TDriver> session)
    {
        Leave(seat);
        session.Members++;
        (seat.State, seat.Session) = (SeatState.Connected, session);
    }

    /// <summary>Parts the seat from its session, which ends when that was its last member.</summary>
    private void Leave(Seat<TDriver> seat)
    {
        if (seat.Session is { } session && (seat.State == SeatState.Away || (seat.State == SeatState.Connected && --session.Members == 0)))
        {
            Discard(session);
        }

        (seat.State, seat.Session) = (SeatState.Away, null);
    }

    private bool IsSilent(ClientSession<TDriver> session) => session.Uses == 0 && time.GetElapsedTime(session.LastUsed) >= Silence;

    private void DropSilent()
    {
        foreach (var session in _sessions.Where(IsSilent).ToArray())
        {
            Discard(session);
        }

        foreach (var (key, seat) in _seats.Where(s => s.Value.Session is not null).ToArray())
        {
            var session = seat.Session!;
            switch (seat.State)
            {
                case SeatState.Watching when session.Ended && seat.Turns == 0:
                    _seats.Remove(key);
                    break;
                case SeatState.Connected when session.Discarded:
                    (seat.State, seat.Session) = (SeatState.Away, null);
                    break;
                case SeatState.Away when session.Discarded || IsSilent(session):
                    Discard(session);
                    seat.Session = null;
                    break;
            }
        }

        if (_unconnected is { } unconnected && IsSilent(unconnected))
        {
            Discard(unconnected);
            _unconnected = null;
        }
    }

    private void Discard(ClientSession<TDriver> session)
    {
        session.Ended = true;
        session.Discarded = true;
        _sessions.Remove(session);
        Collect(session);
    }

    private void Collect(ClientSession<TDriver> session)
    {
        if (session is { Discarded: true, Collected: false, Uses: 0 })
        {
            session.Collected = true;
            disposal.Add(session.Driver);
        }
    }
}
