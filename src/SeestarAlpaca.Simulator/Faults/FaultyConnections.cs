using SeestarAlpaca.Simulator.Connections;
using SeestarAlpaca.Simulator.Procedures;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Faults;

/// <summary>What goes wrong with connections and ports as a whole. Thread safe.</summary>
internal sealed class FaultyConnections(Telescope telescope)
{
    private readonly Lock _gate = new();
    private readonly List<Attachment> _attached = [];
    private readonly List<FaultPort> _silentPorts = [];
    private IReadOnlyList<TcpService> _ports = [];
    private int _away;
    private int _usedUp;

    /// <summary>Whether all image connections are taken.</summary>
    public bool AreUsedUp => Volatile.Read(ref _usedUp) > 0;

    /// <summary>Whether the ports are closed.</summary>
    public bool IsAway => Volatile.Read(ref _away) > 0;

    /// <summary>Tells which ports the telescope has.</summary>
    public void Own(IReadOnlyList<TcpService> ports) => _ports = ports;

    /// <summary>Tells of a new connection; to be disposed when it ends.</summary>
    public IDisposable Attach(FaultPort port, PieceWriter writer)
    {
        var attached = new Attachment(this, port, writer);
        lock (_gate)
        {
            _attached.Add(attached);
            writer.IsMuted = _silentPorts.Contains(port);
        }

        return attached;
    }

    /// <summary>Resets all connections and closes the ports, until what is returned is disposed.</summary>
    public IDisposable GoAway()
    {
        if (Interlocked.Increment(ref _away) == 1)
        {
            foreach (var port in _ports)
            {
                port.Shut();
            }

            telescope.Video?.Close();
        }

        return new Return(ComeBack);
    }

    /// <summary>Mutes the connections of ports, and for some simulated time new ones too.</summary>
    public async Task BeSilentAsync(FaultPort[] ports, double seconds)
    {
        lock (_gate)
        {
            _silentPorts.AddRange(ports);
            foreach (var attached in _attached.Where(attached => ports.Contains(attached.Port)))
            {
                attached.Writer.IsMuted = true;
            }
        }

        try
        {
            await (seconds > 0 ? telescope.DelayAsync(seconds, telescope.Lifetime) : Task.CompletedTask);
        }
        finally
        {
            lock (_gate)
            {
                Array.ForEach(ports, port => _silentPorts.Remove(port));
            }
        }
    }

    /// <summary>Resets image connections and turns new ones away for some simulated time.</summary>
    public async Task UseUpAsync(double seconds)
    {
        Interlocked.Increment(ref _usedUp);
        lock (_gate)
        {
            foreach (var attached in _attached.Where(attached => attached.Port == FaultPort.Image))
            {
                attached.Writer.Reset();
            }
        }

        try
        {
            await telescope.DelayAsync(seconds, telescope.Lifetime);
        }
        finally
        {
            Interlocked.Decrement(ref _usedUp);
        }
    }

    private void ComeBack()
    {
        if (Interlocked.Decrement(ref _away) == 0 && !telescope.Lifetime.IsCancellationRequested)
        {
            foreach (var port in _ports)
            {
                port.Open();
            }

            if (telescope.View is { Stage: VideoStage, View: { } view })
            {
                telescope.Video?.Open(view.Fields.Get("mode", ""));
            }
        }
    }

    private void Detach(Attachment attached)
    {
        lock (_gate)
        {
            _attached.Remove(attached);
        }
    }

    private sealed class Attachment(FaultyConnections connections, FaultPort port, PieceWriter writer) : IDisposable
    {
        public FaultPort Port => port;

        public PieceWriter Writer => writer;

        public void Dispose() => connections.Detach(this);
    }

    private sealed class Return(Action back) : IDisposable
    {
        public void Dispose() => back();
    }
}
