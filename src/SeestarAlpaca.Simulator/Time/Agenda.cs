namespace SeestarAlpaca.Simulator.Time;

/// <summary>
/// Runs everything that happens in the telescope, one thing at a time and in the order of simulated time. What waits with
/// <see cref="DelayAsync"/> goes on at exactly the moment it asked for, however late the machine is; so a driven clock gives the
/// same events each time.
/// </summary>
/// <remarks>
/// Thread safe. Work runs under one lock, on whichever thread enters or fires the timer, and must be short; continuations of what it
/// awaits come back here.
/// </remarks>
internal sealed class Agenda : IDisposable
{
    /// <summary>How far, in real time, the machine may fall behind before simulated time is held back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>What is done before the others who want to enter have their turn.</summary>
    private const int MostAtOnce = 16;

    private readonly Lock _gate = new();
    private readonly Clock _clock;
    private readonly Context _context;
    private readonly PriorityQueue<TaskCompletionSource, (TimeSpan Due, long Order)> _waiting = new();
    private readonly Queue<Action> _ready = new();
    private readonly ITimer _timer;
    private long _order;
    private TimeSpan? _armed;
    private bool _running;
    private volatile bool _ended;

    /// <summary>Makes an agenda without entries.</summary>
    public Agenda(Clock clock, TimeProvider time)
    {
        _clock = clock;
        _context = new Context(this);
        Now = clock.Now;
        _timer = time.CreateTimer(static agenda => ((Agenda)agenda!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The moment at which the present work happens, since boot.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Does something between the things that happen in the telescope.</summary>
    public void Enter(Action work) => Enter<object?>(() =>
    {
        work();
        return null;
    });

    /// <summary>Does something between the things that happen in the telescope, and returns its result.</summary>
    public T Enter<T>(Func<T> work)
    {
        lock (_gate)
        {
            if (_running)
            {
                return work();
            }

            var outside = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(_context);
            _running = true;
            try
            {
                CatchUp();
                var result = work();
                RunReady();
                return result;
            }
            finally
            {
                CatchUp();
                Arm();
                _running = false;
                SynchronizationContext.SetSynchronizationContext(outside);
            }
        }
    }

    /// <summary>Waits for simulated time to pass. To be called by what runs in the agenda.</summary>
    public async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var due = new TaskCompletionSource();
        _waiting.Enqueue(due, (Now + delay, _order++));
        using var registration = cancellationToken.UnsafeRegister(static (due, token) => ((TaskCompletionSource)due!).TrySetCanceled(token), due);
        await due.Task;
    }

    /// <summary>Lets nothing that waits go on from now on. What is being done is finished; to enter stays possible.</summary>
    public void End() => _ended = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        _timer.Dispose();
    }

    private void CatchUp()
    {
        for (var taken = 0; taken < MostAtOnce && !_ended; taken++)
        {
            if (!_waiting.TryPeek(out var entry, out var key) || key.Due > _clock.Now)
            {
                Now = Later(_clock.Now, Now);
                return;
            }

            _waiting.Dequeue();
            Now = Later(key.Due, Now);
            entry.TrySetResult();
            RunReady();
            HoldBackIfLate();
        }
    }

    /// <summary>A time scale that the machine cannot follow slows down instead of piling up work.</summary>
    private void HoldBackIfLate()
    {
        var behind = _clock.Now - Now;
        if (_clock.Real(behind) > Patience)
        {
            _clock.HoldBack(behind);
        }
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void RunReady()
    {
        while (_ready.TryDequeue(out var work))
        {
            work();
        }
    }

    /// <summary>
    /// Sets the timer for what is due next. A clock that is driven from another thread may be past that by now, and would not fire:
    /// then what is due is done here.
    /// </summary>
    private void Arm()
    {
        while (!_ended && _waiting.TryPeek(out _, out var key) && key.Due != _armed)
        {
            _armed = key.Due;
            var wait = _clock.Real(key.Due - _clock.Now);
            _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(wait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
            if (wait > TimeSpan.Zero && _clock.Now >= key.Due)
            {
                CatchUp();
            }
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _armed = null;
            Enter(static () => { });
        }
    }

    private void Post(Action work)
    {
        if (_gate.IsHeldByCurrentThread)
        {
            _ready.Enqueue(work);
        }
        else
        {
            ThreadPool.QueueUserWorkItem(static state => state.Agenda.Enter(state.Work), (Agenda: this, Work: work), preferLocal: false);
        }
    }

    private sealed class Context(Agenda agenda) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => agenda.Post(() => d(state));

        public override void Send(SendOrPostCallback d, object? state) => agenda.Enter(() => d(state));

        public override SynchronizationContext CreateCopy() => this;
    }
}
