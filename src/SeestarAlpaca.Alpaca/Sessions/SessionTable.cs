using System.Net;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Devices;

namespace SeestarAlpaca.Alpaca.Sessions;

/// <summary>
/// Who sits where at one device: the sessions and the seats of client keys, behind one lock (design.md §3.5). It never asks a driver anything;
/// <see cref="DeviceSessions{TDriver}"/> does, between two steps here.
/// </summary>
/// <remarks>Thread safe; every method is one step. "Take" returns sessions with a use on each, which <see cref="Release"/> ends.</remarks>
internal sealed class SessionTable<TDriver>(TimeProvider time, DriverDisposal disposal)
    where TDriver : IAscomDeviceV2
{
    /// <summary>Sessions that one device has at most.</summary>
    public const int MaxSessions = 16;

    private readonly Lock _gate = new();
    private readonly Seats<TDriver> _seats = new(time);

    /// <summary>Sessions that have not ended, the newest last.</summary>
    private readonly List<ClientSession<TDriver>> _sessions = [];

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
            if (!_seats.TryFind(key, out var seat))
            {
                return null;
            }

            if (seat.Session is { IsSilent: true } or { Ended: true })
            {
                Tidy();
            }

            away = seat.State == SeatState.Away;
            return seat.Session?.Take();
        }
    }

    /// <summary>The session whose driver answers clients that are not connected; it is never connected itself.</summary>
    public ClientSession<TDriver> TakeUnconnected(IAlpacaDevice<TDriver> device)
    {
        lock (_gate)
        {
            var unconnected = (_unconnected ?? New(device.Open(IPAddress.None), IPAddress.None)).Take();
            _unconnected = _closed ? null : unconnected;
            if (_closed)
            {
                unconnected.Discard();
            }

            return unconnected;
        }
    }

    /// <summary>All sessions, or those opened from one address, newest first. Looking at them does not keep them alive.</summary>
    public ClientSession<TDriver>[] TakeAll(IPAddress? address = null)
    {
        lock (_gate)
        {
            return
            [
                .. _sessions.Where(s => (address is null || s.Address.Equals(address)) && !s.IsSilent).Reverse().Select(s => s.Take(looking: true)),
            ];
        }
    }

    /// <summary>Lets a key that was never seen use somebody else's session from now on; null when either has changed meanwhile.</summary>
    public ClientSession<TDriver>? TakeWatched(ClientKey key, ClientSession<TDriver> session)
    {
        lock (_gate)
        {
            var seat = _seats.FindOrAdd(key);
            if (session.Ended || seat.State is SeatState.Connected or SeatState.Away)
            {
                return null;
            }

            seat.Watch(session);
            return session.Take();
        }
    }

    /// <inheritdoc cref="ClientSession{TDriver}.Release"/>
    public void Release(ClientSession<TDriver> session, bool looking = false)
    {
        lock (_gate)
        {
            session.Release(looking);
        }
    }

    /// <summary>Announces that a key wants to connect or disconnect; its seat stays until <see cref="EndTurn"/>.</summary>
    public Seat<TDriver> BeginTurn(ClientKey key)
    {
        lock (_gate)
        {
            Tidy();
            var seat = _seats.FindOrAdd(key);
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
        }
    }

    /// <summary>The session that this seat connected; null if it is not connected.</summary>
    public ClientSession<TDriver>? TakeConnected(Seat<TDriver> seat)
    {
        lock (_gate)
        {
            return seat.State == SeatState.Connected ? seat.Session!.Take() : null;
        }
    }

    /// <summary>Counts a place for a session about to open; false when all are taken. <see cref="CancelOpening"/> or <see cref="Add"/> follows.</summary>
    public bool BeginOpening()
    {
        lock (_gate)
        {
            Tidy();
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
            seat.Leave();
            Tidy();
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
            var session = New(driver, address);
            _sessions.Add(session);
            seat.Join(session);
            Tidy();
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

            seat.Join(session);
            Tidy();
            return true;
        }
    }

    /// <summary>Marks the client as away and takes the session that has to be disconnected for it; null if there is none.</summary>
    /// <param name="again">Also one that is disconnecting already.</param>
    public ClientSession<TDriver>? TakeLeft(Seat<TDriver> seat, bool again)
    {
        lock (_gate)
        {
            var left = seat.LeaveToDisconnect() ?? (again ? seat.Session : null);
            Tidy();
            return left?.Take();
        }
    }

    /// <summary>Ends a session for good, whoever uses it.</summary>
    public void End(ClientSession<TDriver> session)
    {
        lock (_gate)
        {
            session.Discard();
            Tidy();
        }
    }

    /// <summary>Ends sessions that nobody used for <see cref="ClientSession{TDriver}.Silence"/>.</summary>
    public void EndSilent()
    {
        lock (_gate)
        {
            Tidy();
        }
    }

    /// <summary>Ends everything; nothing can be opened any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _sessions.ForEach(s => s.Discard());
            _sessions.Clear();
            _seats.DiscardAll();
            _unconnected?.Discard();
            _unconnected = null;
        }
    }

    private ClientSession<TDriver> New(TDriver driver, IPAddress address) => new(driver, address, time, disposal);

    private void Tidy()
    {
        foreach (var session in _sessions)
        {
            if (session.IsSilent)
            {
                session.Discard();
            }
        }

        _sessions.RemoveAll(s => s.Ended);
        _seats.Tidy();
        if (_unconnected is { IsSilent: true })
        {
            _unconnected.Discard();
            _unconnected = null;
        }
    }
}
