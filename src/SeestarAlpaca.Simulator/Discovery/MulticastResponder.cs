using System.Net;
using System.Net.Sockets;
using SeestarAlpaca.Seestar.Discovery;
using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Discovery;

/// <summary>
/// Finds a name that nobody has and answers to it in multicast DNS, as a telescope's own responder does (RFC 6762;
/// <c>seestar-protocol.md</c> §2.1). Bound when it is made; real time.
/// </summary>
internal sealed class MulticastResponder : IDisposable
{
    private const int Probes = 3;
    private const int Announcements = 2;

    /// <summary>Multicast DNS stays in its network, and says so (RFC 6762 §11).</summary>
    private const int TimeToLive = 255;

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AnnouncementInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long somebody who was outdone waits before asking again (RFC 6762 §8.2).</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Lock _sending = new();
    private readonly Telescope _telescope;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly IReadOnlyList<IPAddress> _locals;
    private readonly IPEndPoint _group;
    private readonly Socket _socket;
    private NameClaim _claim;
    private TaskCompletionSource<Objection> _objection = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isOurs;

    /// <summary>Takes the port and joins the group.</summary>
    /// <param name="telescope">Whose name it is.</param>
    /// <param name="options">The name and where.</param>
    /// <param name="time">Real time.</param>
    /// <param name="random">Spreads the first probes of telescopes that are switched on together.</param>
    /// <exception cref="IOException">The port or the group cannot be had.</exception>
    public MulticastResponder(Telescope telescope, MulticastNameOptions options, TimeProvider time, Random random)
    {
        (_telescope, _time, _random) = (telescope, time, random);
        _locals = Locals(telescope.Options.Address);
        _group = new IPEndPoint(options.Group, options.Port);
        _claim = new NameClaim(options.Name, 1, options.Addresses is { Count: > 0 } addresses ? addresses : _locals);
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            Open();
        }
        catch (SocketException fault)
        {
            _socket.Dispose();
            throw new IOException($"The simulated telescope's multicast DNS group {_group} cannot be had: {fault.Message}. Choose another port, or none.", fault);
        }
    }

    /// <summary>The name that it answers to; null while it looks for one.</summary>
    public string? Name
    {
        get
        {
            lock (_gate)
            {
                return _isOurs ? _claim.Name : null;
            }
        }
    }

    /// <summary>Looks for a name and answers to it until cancelled; then says goodbye.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(ReceiveAsync(cancellationToken), ClaimAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            if (Name is { } name)
            {
                Send(MulticastMessage.Goodbye(name, _claim.Addresses));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    /// <summary>The addresses of the networks to be in.</summary>
    private static IReadOnlyList<IPAddress> Locals(IPAddress listening) =>
        !listening.Equals(IPAddress.Any) && listening.AddressFamily == AddressFamily.InterNetwork
            ? [listening]
            : [.. new SystemNetworkInterfaces().GetIPv4Addresses().Where(local => local.SupportsMulticast && !local.IsLoopback).Select(local => local.Address)];

    private void Open()
    {
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, TimeToLive);

        // Bound to the group's own address it takes nothing away from the system's own responder; Windows cannot do that.
        _socket.Bind(new IPEndPoint(OperatingSystem.IsWindows() ? IPAddress.Any : _group.Address, _group.Port));
        foreach (var local in _locals)
        {
            _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(_group.Address, local));
        }
    }

    private async Task ClaimAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(ProbeInterval * _random.NextDouble(), _time, cancellationToken);
        while (true)
        {
            switch (await ProbeAsync(cancellationToken))
            {
                case Objection.None:
                    await HoldAsync(cancellationToken);
                    break;
                case Objection.Taken:
                    Change(claim => claim.Next, isOurs: false);
                    break;
                default:
                    Change(claim => claim, isOurs: false);
                    await Task.Delay(Courtesy, _time, cancellationToken);
                    break;
            }
        }
    }

    private async Task<Objection> ProbeAsync(CancellationToken cancellationToken)
    {
        var objection = _objection.Task;
        for (var probe = 0; probe < Probes && !objection.IsCompleted; probe++)
        {
            Send(MulticastMessage.Probe(_claim.Name, _claim.Addresses));
            await Task.WhenAny(objection, Task.Delay(ProbeInterval, _time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        return objection.IsCompleted ? await objection : Objection.None;
    }

    /// <summary>Answers to the name until somebody else turns out to have it; then it is probed for again.</summary>
    private async Task HoldAsync(CancellationToken cancellationToken)
    {
        Change(claim => claim, isOurs: true);
        var objection = _objection.Task;
        _telescope.Milestones.Check();
        for (var announcement = 0; announcement < Announcements && !objection.IsCompleted; announcement++)
        {
            Send(MulticastMessage.Announcement(_claim.Name, _claim.Addresses));
            await Task.WhenAny(objection, Task.Delay(AnnouncementInterval, _time, cancellationToken));
        }

        await objection.WaitAsync(cancellationToken);
        Change(claim => claim, isOurs: false);
    }

    private void Change(Func<NameClaim, NameClaim> change, bool isOurs)
    {
        lock (_gate)
        {
            (_claim, _isOurs) = (change(_claim), isOurs);
            _objection = new TaskCompletionSource<Objection>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[DnsMessage.MaxLength];
        var anybody = new IPEndPoint(IPAddress.Any, 0);
        while (true)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, anybody, cancellationToken);
                if (!_telescope.Faults.IsAway && DnsMessage.TryParse(buffer.AsSpan(0, received.ReceivedBytes), out var message))
                {
                    await TakeAsync(message, (IPEndPoint)received.RemoteEndPoint, cancellationToken);
                }
            }
            catch (SocketException)
            {
                // An asker who has gone away, or a datagram that is too long; the next may be better.
            }
        }
    }

    private async Task TakeAsync(DnsMessage message, IPEndPoint from, CancellationToken cancellationToken)
    {
        byte[]? answer;
        var legacy = from.Port != _group.Port;
        lock (_gate)
        {
            // Whoever does not send from the group's port does not speak for a name (RFC 6762 §11), and who has the name is not outdone.
            var objection = legacy ? Objection.None : _claim.Judge(message);
            if (objection == Objection.Taken || (objection == Objection.Outdone && !_isOurs))
            {
                _objection.TrySetResult(objection);
            }

            answer = _isOurs ? MulticastMessage.AnswerTo(message, _claim.Name, _claim.Addresses, legacy) : null;
        }

        if (answer is null)
        {
            return;
        }

        // Probes ask for unicast, but sockets that share a port cannot be told apart by it: everybody is told.
        if (legacy)
        {
            await _socket.SendToAsync(answer, SocketFlags.None, from, cancellationToken);
        }
        else
        {
            Send(answer);
        }
    }

    /// <summary>Tells everybody. A datagram is handed over at once, so nothing is waited for.</summary>
    private void Send(byte[] message)
    {
        lock (_sending)
        {
            foreach (var local in _locals)
            {
                try
                {
                    _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, BitConverter.ToInt32(local.GetAddressBytes()));
                    _socket.SendTo(message, _group);
                }
                catch (SocketException)
                {
                    // One network that is down must not keep the others from being told.
                }
            }
        }
    }
}
