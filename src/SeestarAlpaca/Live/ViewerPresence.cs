using System.Collections.Concurrent;
using SeestarAlpaca.Seestar.Session;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Live;

/// <summary>Takes a browser that asks again and again for one viewer: its wish for stacks lasts until it has not asked for a while.</summary>
/// <remarks>Thread safe.</remarks>
internal sealed class ViewerPresence(TimeProvider time) : IDisposable
{
    /// <summary>A page asks every two seconds; one in a background tab may be slowed down to once a minute, and then need not be served.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Telescope, Viewer> _viewers = [];

    /// <summary>Somebody looks at a telescope.</summary>
    public void Note(Telescope telescope) => _viewers.GetOrAdd(telescope, seen => new Viewer(seen, this)).Extend();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var viewer in _viewers.Values)
        {
            viewer.End();
        }
    }

    private sealed class Viewer
    {
        private readonly Telescope _telescope;
        private readonly ViewerPresence _presence;
        private readonly IDisposable _wish;
        private readonly ITimer _timer;

        public Viewer(Telescope telescope, ViewerPresence presence)
        {
            (_telescope, _presence) = (telescope, presence);
            _wish = telescope.Session.Demand.Want(FrameWish.Stacks);
            _timer = presence.Time.CreateTimer(_ => End(), null, Patience, Timeout.InfiniteTimeSpan);
        }

        public void Extend() => _timer.Change(Patience, Timeout.InfiniteTimeSpan);

        public void End()
        {
            _presence._viewers.TryRemove(new KeyValuePair<Telescope, Viewer>(_telescope, this));
            _timer.Dispose();
            _wish.Dispose();
        }
    }

    private TimeProvider Time { get; } = time;
}
