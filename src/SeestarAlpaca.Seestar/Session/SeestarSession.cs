using Microsoft.Extensions.Logging;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>How a session behaves.</summary>
public sealed record SessionOptions
{
    /// <summary>Whether the control port is used for events and state; default true. False: pictures only, polled.</summary>
    public bool Events { get; init; } = true;

    /// <summary>Whether the control port stays open when the arm is closed and nobody is there; default false: it is closed after 5 minutes.</summary>
    public bool KeepWatching { get; init; }

    /// <summary>The user's RSA private key in PEM form; default null. Without one, locked firmware is only watched.</summary>
    public string? PrivateKeyPem { get; init; }

    /// <summary>How old a stack may be to pass for the present one; default 10 minutes.</summary>
    public TimeSpan MaxStackAge { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>What a session knows at one moment. Immutable.</summary>
/// <param name="Telescope">What is known of the telescope.</param>
/// <param name="Access">What the control port allows.</param>
/// <param name="Control">The control port's connection.</param>
/// <param name="Image">The image port's connection.</param>
/// <param name="Stack">The newest stack that was fetched; null before the first.</param>
/// <param name="IsStackPresent">Whether that stack may be delivered: it is of the present epoch, confirmed, and not too old.</param>
/// <param name="Events">Whether events are listened to.</param>
/// <param name="TakenAt">The moment.</param>
public sealed record SessionSnapshot(
    TelescopeObservation Telescope,
    Access Access,
    LinkStatus Control,
    LinkStatus Image,
    StackDetails? Stack,
    bool IsStackPresent,
    bool Events,
    DateTimeOffset TakenAt);

/// <summary>
/// The live session with one telescope: knows its state, and fetches pictures while somebody wants them. One session feeds every camera client,
/// browser and recorder.
/// </summary>
/// <remarks>Thread safe. <see cref="RunAsync"/> does the work; before it runs, and after it has ended, everything is merely as it was.</remarks>
public sealed class SeestarSession : IImageLinkOwner, IControlLinkOwner, IDisposable
{
    /// <summary>How long the control port stays open when the arm is closed and nobody is there.</summary>
    public static readonly TimeSpan RestAfter = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A gap in the events that is shorter than this hides nothing: a goto, a closing arm or a new stack take longer, and tell of themselves afterwards
    /// (<c>seestar-protocol.md</c> §3.8).
    /// </summary>
    public static readonly TimeSpan ShortGap = TimeSpan.FromSeconds(4);

    private readonly Lock _gate = new();
    private readonly SessionOptions _options;
    private readonly TimeProvider _time;
    private readonly ImageLink _imageLink;
    private readonly ControlLink? _controlLink;
    private TelescopeObservation _telescope = TelescopeObservation.Nothing;
    private Access _access;
    private LinkStatus _control;
    private LinkStatus _image;
    private bool _catchUp;
    private long _sequence;
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
        (_options, _time) = (options, time);
        Demand = new FrameDemand(time, Changed);
        _control = _image = new LinkStatus(LinkPhase.Released, time.GetUtcNow());
        _imageLink = new ImageLink(this, transport, new FrameDecoder(pool), Demand, Changed, time, random, loggers.CreateLogger<ImageLink>());
        _controlLink = options.Events
            ? new ControlLink(
                this, transport, new Authentication(options.PrivateKeyPem), Changed, time, random, loggers.CreateLogger<ControlLink>())
            : null;
    }

    /// <summary>Pulsed whenever something in <see cref="Snapshot"/> or <see cref="Frames"/> changes.</summary>
    public Signal Changed { get; } = new();

    /// <summary>Who wants what.</summary>
    public FrameDemand Demand { get; }

    /// <summary>The newest pictures.</summary>
    public FrameStore Frames { get; } = new();

    /// <summary>What is known now.</summary>
    public SessionSnapshot Snapshot
    {
        get
        {
            lock (_gate)
            {
                var stack = Frames.NewestDetails;
                return new SessionSnapshot(_telescope, _access, _control, _image, stack, IsPresent(stack), _options.Events, _time.GetUtcNow());
            }
        }
    }

    FetchBasis IImageLinkOwner.Basis
    {
        get
        {
            lock (_gate)
            {
                return new FetchBasis(_telescope, _catchUp, !_options.Events);
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

    /// <summary>Keeps the session until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        _controlLink is null
            ? _imageLink.RunAsync(cancellationToken)
            : Task.WhenAll(_controlLink.RunAsync(cancellationToken), _imageLink.RunAsync(cancellationToken));

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

    /// <inheritdoc/>
    public void Dispose() => Frames.Dispose();

    void IImageLinkOwner.ImageLinkChanged(LinkPhase phase, string? problem) =>
        Change(() => _image = _image.Phase == phase && problem is null ? _image : new LinkStatus(phase, _time.GetUtcNow(), problem));

    void IControlLinkOwner.ControlLinkChanged(LinkPhase phase, string? problem) => Change(() =>
    {
        // A connection that is tried again keeps the last problem in sight until it is open.
        var shown = phase == LinkPhase.Connecting ? problem ?? _control.Problem : problem;
        _control = new LinkStatus(phase, phase == _control.Phase ? _control.Since : _time.GetUtcNow(), shown);
        _controlLostAt = phase == LinkPhase.Open ? null : _controlLostAt ?? _time.GetTimestamp();
    });

    void IControlLinkOwner.EventsMissed() => Change(() =>
    {
        _telescope = WasLostFor(ShortGap) ? _telescope.AfterGap() : _telescope;
        _catchUp = true;
    });

    void IControlLinkOwner.AccessChanged(Access access) => Change(() => _access = access);

    void IControlLinkOwner.Happened(TelescopeEvent happened) => Learn(known => Observer.Apply(known, happened, _time.GetUtcNow()));

    void IControlLinkOwner.Learnt(Func<TelescopeObservation, TelescopeObservation> change) => Learn(change);

    void IImageLinkOwner.CaughtUp() => Change(() => _catchUp = false);

    void IImageLinkOwner.SubArrived(BayerImage image)
    {
        Frames.Put(new SubFrame(image, _time.GetUtcNow()));
        Changed.Pulse();
    }

    void IImageLinkOwner.StackArrived(RgbImage image, StackRequest request, TimeSpan took)
    {
        lock (_gate)
        {
            var asked = request.Basis.Telescope;
            using var before = Frames.LeaseStack();
            var same = before is not null && before.Image.Samples.SequenceEqual(image.Samples);
            if (request.Basis.Polled && same)
            {
                // Without events only a picture that changes is known to be of a stack at work.
                image.Dispose();
                return;
            }

            Frames.Put(new StackFrame(
                new StackDetails
                {
                    Sequence = ++_sequence,
                    Epoch = asked.Epoch,
                    IsConfirmed = request.Basis.Polled ? before is not null : asked.Announced is not null,
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
        }

        Changed.Pulse();
    }

    private bool IsPresent(StackDetails? stack) =>
        stack is { IsConfirmed: true } && stack.Epoch == _telescope.Epoch
        && _time.GetElapsedTime(stack.ReceivedTimestamp) <= _options.MaxStackAge
        && !(_options.Events && WasLostFor(ShortGap));

    private bool WasLostFor(TimeSpan duration) => _controlLostAt is { } lost && _time.GetElapsedTime(lost) >= duration;

    private void Learn(Func<TelescopeObservation, TelescopeObservation> change) => Change(() =>
    {
        _telescope = change(_telescope);

        // Where it is known that nothing is stacked there is nothing to catch up with.
        _catchUp &= _telescope.Mode is null || _telescope.Announced is not null;
    });

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
        }

        Changed.Pulse();
    }
}
