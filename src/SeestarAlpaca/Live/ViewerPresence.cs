using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Live;

/// <summary>Takes a browser that asks again and again for one viewer: its wish for stacks lasts until it has not asked for a while.</summary>
/// <remarks>Thread safe.</remarks>
internal sealed class ViewerPresence(TimeProvider time) : IDisposable
{
    /// <summary>A page asks every two seconds; one in a background tab may be slowed down to once a minute, and then need not be served.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<Telescope, Viewer> _viewers = [];
    private bool _disposed;

    /// <summary>Somebody looks at a telescope.</summary>
    public void Note(Telescope telescope)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            if (!_viewers.TryGetValue(telescope, out var viewer))
            {
                var timer = time.CreateTimer(_ => EndIfGone(telescope), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                viewer = new Viewer(telescope.Session.Demand.Want(FrameWish.Stacks), timer);
                _viewers.Add(telescope, viewer);
            }

            viewer.SeenAt = time.GetTimestamp();
            viewer.Timer.Change(Patience, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var telescope in _viewers.Keys.ToList())
            {
                End(telescope);
            }
        }
    }

    /// <summary>A timer that has fired already is not stopped by a viewer who comes back meanwhile, so the time is looked at again.</summary>
    private void EndIfGone(Telescope telescope)
    {
        lock (_gate)
        {
            if (_viewers.TryGetValue(telescope, out var viewer) && time.GetElapsedTime(viewer.SeenAt) >= Patience)
            {
                End(telescope);
            }
        }
    }

    private void End(Telescope telescope)
    {
        if (_viewers.Remove(telescope, out var viewer))
        {
            viewer.Timer.Dispose();
            viewer.Wish.Dispose();
        }
    }

    private sealed class Viewer(IDisposable wish, ITimer timer)
    {
        public IDisposable Wish { get; } = wish;

        public ITimer Timer { get; } = timer;

        public long SeenAt { get; set; }
    }
}
