using Microsoft.Extensions.Logging;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>
/// The live session with one telescope: knows its state, and fetches pictures while somebody wants them. One session feeds every camera client,
/// browser and recorder.
/// </summary>
/// <remarks>Thread safe. <see cref="RunAsync"/> does the work, once; when it has ended, what is known stays readable and no stack is present any longer.</remarks>
public sealed class SeestarSession : IImageLinkOwner, IControlLinkOwner, IDisposable
{
    /// <summary>How long the control port stays open when the arm is closed and nobody is there.</summary>
    public static readonly TimeSpan RestAfter = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A gap in the events that is shorter than this hides nothing: a goto, a closing arm or a new stack take longer, and tell of themselves afterwards
    /// (<c>seestar-protocol.md</c> §3.8).
    /// </summary>
    public static readonly TimeSpan ShortGap = TimeSpan.FromSeconds(4);

    /// <summary>How long the image connection is kept after the last wish for pictures.</summary>
    public static readonly TimeSpan PicturesLinger = ImageLink.Linger;

    private readonly Lock _gate = new();
    private readonly SessionOptions _options;
    private readonly TimeProvider _time;
    private readonly PolledStacks _polled;
    private readonly ImageLink _imageLink;
    private readonly ControlLink? _controlLink;
    private TelescopeObservation _telescope = TelescopeObservation.Nothing;
    private Access _access;
    private LinkStatus _control;
    private LinkStatus _image;
    private long _gap;
    private long _caughtUp;
    private readonly OwnStacks _stacks;
    private long _sequence;
    private long _subSequence;
    private long? _controlLostAt;

    /// <summary>Makes a session that is not running yet.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="transport">Opens connections.</param>
    /// <param name="pool">Where pictures are borrowed from.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Jitter of reconnections.</param>
    /// <param name="loggers">Makes the loggers.</param>
    public SeestarSession(
        SessionOptions options, ITelescopeTransport transport, PixelPool pool, TimeProvider time, Random random, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(loggers);
        (_options, _time) = (options, time);
        Demand = new FrameDemand(time, Changed);
        _stacks = new OwnStacks(time);
        _polled = new PolledStacks(time, options.MaxStackAge);
        _control = _image = new LinkStatus(LinkPhase.Released, time.GetUtcNow());

        // A Random is for one thread at a time, and the links run side by side.
        var (imageRandom, controlRandom, wideRandom) = (new Random(random.Next()), new Random(random.Next()), new Random(random.Next()));
        var (imageLogger, controlLogger) = (loggers.CreateLogger<ImageLink>(), loggers.CreateLogger<ControlLink>());
        var authentication = new Authentication(options.PrivateKeyPem);
        _imageLink = new ImageLink(this, transport, TelescopePort.Image, new FrameDecoder(pool), Demand, Changed, time, imageRandom, imageLogger);
        Wide = new WideCamera(this, transport, pool, Changed, time, wideRandom, imageLogger);
        _controlLink = options.Events
            ? new ControlLink(this, transport, authentication, Changed, time, controlRandom, controlLogger)
            : null;
    }

    /// <summary>Pulsed whenever something in <see cref="Snapshot"/> or <see cref="Frames"/> changes.</summary>
    public Signal Changed { get; } = new();

    /// <summary>Who wants what.</summary>
    public FrameDemand Demand { get; }

    /// <summary>The newest pictures.</summary>
    public FrameStore Frames { get; } = new();

    /// <summary>The wide camera; not asked for anything unless somebody wants its pictures.</summary>
    public WideCamera Wide { get; }

    /// <summary>What is known now.</summary>
    public SessionSnapshot Snapshot
    {
        get
        {
            lock (_gate)
            {
                var stack = Frames.NewestDetails;
                return new SessionSnapshot(_telescope, _access, _control, _image, stack, IsPresent(stack), _options.Events, _time.GetUtcNow())
                {
                    IsOwnStack = _telescope.IsStacking && _stacks.Owns(_telescope.Epoch),
                };
            }
        }
    }

    FetchBasis IImageLinkOwner.Basis
    {
        get
        {
            lock (_gate)
            {
                // Where commands are answered, the state that is read after a gap tells which stack there is.
                var mustCatchUp = _gap != _caughtUp && _access is Access.Spectator or Access.KeyRefused;
                return new FetchBasis(_telescope, mustCatchUp, !_options.Events, _gap);
            }
        }
    }

    bool IControlLinkOwner.ControlMayRest
    {
        get
        {
            lock (_gate)
            {
                return !_options.KeepWatching && _telescope.ArmClosed is true && Demand.EverythingIdle >= RestAfter;
            }
        }
    }

    /// <summary>Keeps the session until cancelled, whatever happens to connections. To be called once.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_controlLink?.RunAsync(cancellationToken) ?? Task.CompletedTask, _imageLink.RunAsync(cancellationToken), Wide.RunAsync(cancellationToken));

    /// <summary>
    /// A lease on the newest stack if it may be delivered: asked for in the present epoch while its stack was at work, and not older than the limit.
    /// </summary>
    public StackFrame? LeasePresentStack()
    {
        lock (_gate)
        {
            var newest = Frames.LeaseStack();
            if (newest is not null && !IsPresent(newest.Details))
            {
                newest.Dispose();
                return null;
            }

            return newest;
        }
    }

    /// <summary>A lease on the newest sub if it may be delivered: of the present epoch, and not older than the limit.</summary>
    public SubFrame? LeasePresentSub() => LeasePresent(Frames.LeaseSub());

    /// <summary>A lease on the wide camera's newest exposure if it may be delivered: of the present epoch, and not older than the limit.</summary>
    public SubFrame? LeasePresentWideSub() => LeasePresent(Wide.Frames.LeaseSub());

    /// <summary>
    /// Gives up the stack that is held if it no longer counts as present and the telescope, which is heard, has a newer one. What cannot be had again is
    /// kept: the last stack of a night, or that of a telescope which is not heard.
    /// </summary>
    public void ForgetOutdatedStack()
    {
        lock (_gate)
        {
            var isHeard = _options.Events && _control.Phase == LinkPhase.Open;
            if (isHeard && _telescope is { IsStacking: true, Announced: not null } && Frames.NewestDetails is { } held && !IsPresent(held))
            {
                Frames.ForgetStack();
            }
        }

        Changed.Pulse();
    }

    /// <summary>Sends a command and waits for the telescope to accept it.</summary>
    /// <remarks>Whether the command may be sent at all, and at this moment, is the caller's to judge.</remarks>
    /// <exception cref="TelescopeException">The telescope refused.</exception>
    /// <exception cref="TimeoutException">It did not answer; it may have obeyed all the same.</exception>
    /// <exception cref="IOException">There is no connection that takes commands, or it ended.</exception>
    public async Task CommandAsync(TelescopeCommand command, CancellationToken cancellationToken)
    {
        if (_controlLink is null)
        {
            throw new IOException("The telescope's control port is not used.");
        }

        if (command == TelescopeCommand.StartStack)
        {
            Change(_stacks.Begin);
        }

        try
        {
            await _controlLink.SendAsync(command, cancellationToken);
        }
        catch (TelescopeException) when (command == TelescopeCommand.StartStack)
        {
            // Refused: a stack that begins now is somebody else's.
            Change(_stacks.Forget);
            throw;
        }
    }

    /// <summary>Tries at once to reach a telescope that could not be reached. A telescope that is there is not hurried.</summary>
    public void RetryNow() => _controlLink?.RetryNow();

    /// <inheritdoc/>
    public void Dispose()
    {
        Frames.Dispose();
        Wide.Dispose();
    }

    void IImageLinkOwner.ImageLinkChanged(LinkPhase phase, string? problem) => Change(() => _image = _image.Next(phase, problem, _time.GetUtcNow()));

    void IImageLinkOwner.PictureDamaged(string problem) =>
        Change(() => _image = _image.Next(_image.Phase, $"The last picture came damaged and was left out. {problem}", _time.GetUtcNow()));

    void IControlLinkOwner.ControlLinkChanged(LinkPhase phase, string? problem, TimeSpan silent) => Change(() =>
    {
        _control = _control.Next(phase, problem, _time.GetUtcNow());
        _controlLostAt = phase == LinkPhase.Open ? null : _controlLostAt ?? (_time.GetTimestamp() - (long)(silent.TotalSeconds * _time.TimestampFrequency));
    });

    void IControlLinkOwner.EventsInterrupted() => Change(() => _controlLostAt ??= _time.GetTimestamp());

    void IControlLinkOwner.EventsMissed() => Change(() =>
    {
        if (WasLostFor(ShortGap))
        {
            _telescope = _telescope.AfterGap();
            _stacks.Forget();
        }

        _gap++;
        SkipNeedlessCatchUp();
    });

    void IControlLinkOwner.AccessChanged(Access access) => Change(() => _access = access);

    void IControlLinkOwner.Happened(TelescopeEvent happened) => Learn(known => Observer.Apply(known, happened, _time.GetUtcNow()));

    void IControlLinkOwner.Learnt(Func<TelescopeObservation, TelescopeObservation> change) => Learn(change);

    void IImageLinkOwner.CaughtUp(long gap) => Change(() => _caughtUp = Math.Max(_caughtUp, gap));

    void IImageLinkOwner.NothingStacked() => Change(() =>
    {
        if (!_options.Events)
        {
            // The only sign of a new stack that there is without events: what was held is gone, and what comes next has just been begun.
            _telescope = _telescope.NextEpoch();
            _polled.NothingThere();
        }
    });

    void IImageLinkOwner.SubArrived(BayerImage image, StackRequest request)
    {
        var asked = request.Basis.Telescope;
        Change(() =>
        {
            ForgetDamage();
            Frames.Put(new SubFrame(
                new SubDetails
                {
                    Sequence = ++_subSequence,
                    Epoch = asked.Epoch,

                    // While a stack is at work an exposure is asked for only when one of its own has ended; otherwise it is pushed as it is made.
                    IsConfirmed = asked.IsMoving is not true,
                    ReceivedAt = _time.GetUtcNow(),
                    ReceivedTimestamp = _time.GetTimestamp(),
                    Size = (image.Width, image.Height),
                    IsOfStack = asked.IsStacking,
                    Exposure = asked.IsStacking ? asked.SubExposure : null,
                    TargetName = asked.TargetName,
                    TargetRaDec = asked.TargetRaDec,
                    Gain = asked.Gain,
                    LpFilter = asked.LpFilter,
                },
                image));
        });
    }

    void IImageLinkOwner.StackArrived(RgbImage image, StackRequest request, TimeSpan took)
    {
        var asked = request.Basis.Telescope;
        var confirmed = asked.Announced is not null;
        if (request.Basis.Polled)
        {
            using var held = Frames.LeaseStack();
            if (!_polled.IsNew(held?.Image, image, out confirmed))
            {
                image.Dispose();
                Change(ForgetDamage);
                return;
            }
        }

        Change(() =>
        {
            ForgetDamage();
            Frames.Put(new StackFrame(
                new StackDetails
                {
                    Sequence = ++_sequence,
                    Epoch = asked.Epoch,
                    IsConfirmed = confirmed,
                    ReceivedAt = _time.GetUtcNow(),
                    ReceivedTimestamp = _time.GetTimestamp(),
                    TransferTime = took,
                    Size = (image.Width, image.Height),
                    Frames = asked.Announced?.Frames,
                    Dropped = asked.DroppedFrames,
                    SubExposure = asked.SubExposure,
                    TargetName = asked.TargetName,
                    TargetRaDec = asked.TargetRaDec,
                    Gain = asked.Gain,
                    LpFilter = asked.LpFilter,
                },
                image));
        });
    }

    /// <summary>A whole picture came: the damage that may have been told of is past.</summary>
    private void ForgetDamage() => _image = _image.Next(_image.Phase, null, _time.GetUtcNow());

    private SubFrame? LeasePresent(SubFrame? newest)
    {
        lock (_gate)
        {
            if (newest is not null && !(newest.Details.IsConfirmed && IsPresent(newest.Details.Epoch, newest.Details.ReceivedTimestamp)))
            {
                newest.Dispose();
                return null;
            }

            return newest;
        }
    }

    private bool IsPresent(StackDetails? stack) => stack is { IsConfirmed: true } && IsPresent(stack.Epoch, stack.ReceivedTimestamp);

    private bool IsPresent(long epoch, long received) =>
        epoch == _telescope.Epoch && _time.GetElapsedTime(received) <= _options.MaxStackAge && !(_options.Events && WasLostFor(ShortGap));

    private bool WasLostFor(TimeSpan duration) => _controlLostAt is { } lost && _time.GetElapsedTime(lost) >= duration;

    private void Learn(Func<TelescopeObservation, TelescopeObservation> change) => Change(() =>
    {
        var before = _telescope;
        _telescope = change(before);
        _stacks.Note(before, _telescope);
        SkipNeedlessCatchUp();
    });

    /// <summary>Where it is known that nothing is stacked there is nothing to catch up with.</summary>
    private void SkipNeedlessCatchUp() => _caughtUp = _telescope.Mode is not null && _telescope.Announced is null ? _gap : _caughtUp;

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
        }

        Changed.Pulse();
    }
}
