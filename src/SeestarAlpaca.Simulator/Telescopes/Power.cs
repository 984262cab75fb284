using System.Net.Sockets;

namespace SeestarAlpaca.Simulator.Telescopes;

/// <summary>Whether the telescope is on. Off, it closes every connection, and new ones at once. Thread safe.</summary>
internal sealed class Power : IDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _on = new();

    /// <summary>Whether it is on.</summary>
    public bool IsOn => Volatile.Read(ref _on) is not null;

    /// <summary>Serves a connection for as long as the telescope is on.</summary>
    public async Task ServeAsync(Socket socket, Func<Socket, CancellationToken, Task> serve, CancellationToken cancellationToken)
    {
        CancellationTokenSource either;
        lock (_gate)
        {
            if (_on is null)
            {
                return;
            }

            either = CancellationTokenSource.CreateLinkedTokenSource(_on.Token, cancellationToken);
        }

        using (either)
        {
            await serve(socket, either.Token);
        }
    }

    /// <summary>Switches off.</summary>
    public async Task OffAsync()
    {
        using var on = Take();
        if (on is not null)
        {
            await on.CancelAsync();
        }
    }

    /// <summary>Switches on again.</summary>
    public void On()
    {
        lock (_gate)
        {
            _on ??= new CancellationTokenSource();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Take()?.Dispose();

    private CancellationTokenSource? Take()
    {
        lock (_gate)
        {
            var on = _on;
            _on = null;
            return on;
        }
    }
}
