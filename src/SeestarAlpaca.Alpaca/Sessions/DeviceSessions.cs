using System.Net;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Devices;

namespace SeestarAlpaca.Alpaca.Sessions;

/// <summary>
/// The client sessions of one device: which driver object a request belongs to (design.md §3.5). Connecting gives a client a fresh driver object,
/// so nobody's settings, exposure or image are disturbed by anybody else.
/// </summary>
/// <remarks>Thread safe. The table holds the one lock; driver members are called outside it.</remarks>
internal sealed class DeviceSessions<TDriver>(SessionTable<TDriver> table, BlockingCalls calls)
    where TDriver : IAscomDeviceV2
{
    /// <summary>Finds the driver object that a request belongs to, if it neither connects nor disconnects.</summary>
    public SessionUse<TDriver> Enter(IAlpacaDevice<TDriver> device, ClientKey key)
    {
        var session = table.TakeSeated(key, out var away);
        if (session is null && !away && TakeNewestConnected(key.Address) is { } newest)
        {
            session = table.TakeWatched(key, newest);
            table.Release(newest, looking: true);
        }

        return new SessionUse<TDriver>(table, session ?? table.TakeUnconnected(device));
    }

    /// <summary>Gives the client a connected driver object; the one it has, if that is connected or about to be.</summary>
    /// <param name="wait">True waits for the result; false only starts, and Connecting tells the result.</param>
    /// <exception cref="DriverException">The driver refused, or all places are taken.</exception>
    public Task ConnectAsync(IAlpacaDevice<TDriver> device, ClientKey key, bool wait, CancellationToken cancellationToken) =>
        TakeTurnAsync(
            key,
            async seat =>
            {
                if (!await KeepAsync(seat, wait, cancellationToken) && !(key.ClientId == 0 && Join(seat, key.Address)))
                {
                    await OpenAsync(device, key, seat, wait, cancellationToken);
                }
            },
            cancellationToken);

    /// <summary>Ends what the client connected itself; a session that others connected to as well goes on for them.</summary>
    /// <param name="wait">True waits for the result; false only starts, and Connecting tells the result.</param>
    public Task DisconnectAsync(ClientKey key, bool wait, CancellationToken cancellationToken) =>
        TakeTurnAsync(
            key,
            async seat =>
            {
                if (table.TakeLeft(seat, again: wait) is { } left)
                {
                    await DisconnectAsync(left, wait);
                }
            },
            cancellationToken);

    /// <inheritdoc cref="SessionTable{TDriver}.EndSilent"/>
    public void EndSilent() => table.EndSilent();

    /// <inheritdoc cref="SessionTable{TDriver}.Close"/>
    public void Close() => table.Close();

    private async Task TakeTurnAsync(ClientKey key, Func<Seat<TDriver>, Task> change, CancellationToken cancellationToken)
    {
        var seat = table.BeginTurn(key);
        try
        {
            await seat.Turn.WaitAsync(cancellationToken);
            try
            {
                await change(seat);
            }
            finally
            {
                seat.Turn.Release();
            }
        }
        finally
        {
            table.EndTurn(seat);
        }
    }

    /// <summary>True when the client has a driver object that is connected or, after waiting if asked to, has become so.</summary>
    private async Task<bool> KeepAsync(Seat<TDriver> seat, bool wait, CancellationToken cancellationToken)
    {
        if (table.TakeConnected(seat) is not { } session)
        {
            return false;
        }

        try
        {
            if (session.IsConnected)
            {
                return true;
            }

            if (!session.IsConnecting(ifRefused: false))
            {
                return false;
            }

            if (wait)
            {
                await calls.RunAsync(() => session.Driver.Connected = true, cancellationToken);
            }

            return true;
        }
        finally
        {
            table.Release(session);
        }
    }

    /// <summary>Makes a client without ClientID a member of the newest connected session of its address.</summary>
    private bool Join(Seat<TDriver> seat, IPAddress address)
    {
        if (TakeNewestConnected(address) is not { } newest)
        {
            return false;
        }

        var joined = table.Join(seat, newest);
        table.Release(newest, looking: !joined);
        return joined;
    }

    private async Task OpenAsync(IAlpacaDevice<TDriver> device, ClientKey key, Seat<TDriver> seat, bool wait, CancellationToken cancellationToken)
    {
        MakeRoom();
        var seated = false;
        var driver = default(TDriver);
        try
        {
            driver = device.Open(key.Address);
            await calls.RunAsync(() => Connect(driver, wait), cancellationToken);
            seated = table.Add(seat, driver, key.Address);
        }
        finally
        {
            if (!seated)
            {
                table.CancelOpening(seat, driver);
            }
        }

        if (!seated)
        {
            throw DriverException.NotConnected("The server no longer offers this device; choose another one.");
        }
    }

    private async Task DisconnectAsync(ClientSession<TDriver> left, bool wait)
    {
        var underWay = false;
        try
        {
            // Not cancelled when the client hangs up: the seat is away already, and the driver has to follow.
            await calls.RunAsync(() => Disconnect(left.Driver, wait), CancellationToken.None);

            // The client will ask Connecting how it went, so the driver object stays until the client connects again or is silent.
            underWay = !wait && left.IsConnecting(ifRefused: true);
        }
        finally
        {
            if (!underWay)
            {
                table.End(left);
            }

            table.Release(left);
        }
    }

    /// <exception cref="DriverException">All places are taken by sessions that are connected.</exception>
    private void MakeRoom()
    {
        if (table.BeginOpening())
        {
            return;
        }

        foreach (var session in table.TakeAll())
        {
            // Sessions whose connecting failed, or whose device is gone, must not keep others out.
            if (!session.IsConnected && !session.IsConnecting(ifRefused: false))
            {
                table.End(session);
            }

            table.Release(session, looking: true);
        }

        if (!table.BeginOpening())
        {
            throw DriverException.InvalidOperation(
                $"{SessionTable<TDriver>.MaxSessions} programs are connected to this device already. Disconnect one of them, "
                + $"or wait until one has been silent for {ClientSession<TDriver>.Silence.TotalMinutes:0} minutes.");
        }
    }

    /// <summary>The newest session of an address whose driver says that it is connected, with a use on it.</summary>
    private ClientSession<TDriver>? TakeNewestConnected(IPAddress address)
    {
        ClientSession<TDriver>? newest = null;
        foreach (var session in table.TakeAll(address))
        {
            if (newest is null && session.IsConnected)
            {
                newest = session;
            }
            else
            {
                table.Release(session, looking: true);
            }
        }

        return newest;
    }

    private static void Connect(TDriver driver, bool wait)
    {
        if (wait)
        {
            driver.Connected = true;
        }
        else
        {
            driver.Connect();
        }
    }

    private static void Disconnect(TDriver driver, bool wait)
    {
        if (wait)
        {
            driver.Connected = false;
        }
        else
        {
            driver.Disconnect();
        }
    }
}
