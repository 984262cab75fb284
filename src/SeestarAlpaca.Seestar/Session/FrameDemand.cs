namespace SeestarAlpaca.Seestar.Session;

/// <summary>What somebody wants of a telescope.</summary>
public enum FrameWish
{
    /// <summary>Its state alone; no picture is fetched.</summary>
    State,

    /// <summary>The newest stack, at the pace that spares the telescope's Wi-Fi.</summary>
    Stacks,

    /// <summary>Every stack as soon as it exists.</summary>
    EveryStack,

    /// <summary>Single exposures, pushed while the telescope shows its live view.</summary>
    Previews,

    /// <summary>The newest single exposure: pushed in the live view, and asked for after each exposure of a stack.</summary>
    Subs,
}

/// <summary>Counts who wants what, so that nothing is fetched while nobody does.</summary>
/// <remarks>Thread safe.</remarks>
/// <param name="time">Measures how long nobody has wanted anything; from the beginning, nobody has.</param>
/// <param name="changed">Pulsed at each change.</param>
public sealed class FrameDemand(TimeProvider time, Signal changed)
{
    private readonly Lock _gate = new();
    private readonly int[] _wishes = new int[Enum.GetValues<FrameWish>().Length];
    private long _picturesEnded = time.GetTimestamp();
    private long _everythingEnded = time.GetTimestamp();

    /// <summary>How long nobody has wanted a picture; null while somebody does.</summary>
    public TimeSpan? PicturesIdle
    {
        get
        {
            lock (_gate)
            {
                return WantsPictures ? null : time.GetElapsedTime(_picturesEnded);
            }
        }
    }

    /// <summary>How long nobody has wanted anything; null while somebody does.</summary>
    public TimeSpan? EverythingIdle
    {
        get
        {
            lock (_gate)
            {
                return WantsPictures || Wants(FrameWish.State) ? null : time.GetElapsedTime(_everythingEnded);
            }
        }
    }

    /// <summary>Whether somebody wants stacks, newest or every one.</summary>
    public bool WantsStacks => Wants(FrameWish.Stacks) || Wants(FrameWish.EveryStack);

    /// <summary>Whether somebody wants what the live view pushes.</summary>
    public bool WantsPreviews => Wants(FrameWish.Previews) || Wants(FrameWish.Subs);

    /// <summary>Whether somebody wants any picture.</summary>
    public bool WantsPictures => WantsStacks || WantsPreviews;

    /// <summary>Whether somebody has this very wish.</summary>
    public bool Wants(FrameWish wish)
    {
        lock (_gate)
        {
            return _wishes[(int)wish] > 0;
        }
    }

    /// <summary>States a wish; it ends when the result is disposed.</summary>
    public IDisposable Want(FrameWish wish)
    {
        Change(wish, 1);
        return new Held(this, wish);
    }

    private void Change(FrameWish wish, int by)
    {
        lock (_gate)
        {
            _wishes[(int)wish] += by;
            if (by < 0)
            {
                _everythingEnded = time.GetTimestamp();
                _picturesEnded = wish == FrameWish.State ? _picturesEnded : _everythingEnded;
            }
        }

        changed.Pulse();
    }

    private sealed class Held(FrameDemand demand, FrameWish wish) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                demand.Change(wish, -1);
            }
        }
    }
}
