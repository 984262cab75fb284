using Microsoft.Extensions.Logging;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>What the image link takes its decisions from.</summary>
/// <param name="Telescope">What is known of the telescope.</param>
/// <param name="CatchUp">Whether one stack is to be fetched because events were missed.</param>
/// <param name="Polled">Whether events are not to be had.</param>
/// <param name="Gap">Which gap in the events that is; counts up.</param>
internal readonly record struct FetchBasis(TelescopeObservation Telescope, bool CatchUp, bool Polled, long Gap = 0);

/// <summary>Whom the image link serves.</summary>
internal interface IImageLinkOwner
{
    FetchBasis Basis { get; }

    void ImageLinkChanged(LinkPhase phase, string? problem);

    /// <summary>A stack came; the owner takes the picture.</summary>
    void StackArrived(RgbImage image, StackRequest request, TimeSpan took);

    /// <summary>A single exposure came; the owner takes the picture.</summary>
    void SubArrived(BayerImage image, StackRequest request);

    /// <summary>A picture came damaged.</summary>
    void PictureDamaged(string problem);

    /// <summary>The telescope says that it has no stack.</summary>
    void NothingStacked();

    /// <summary>The stack to catch up with after a gap was asked for and answered, by a picture or by none.</summary>
    void CaughtUp(long gap);
}

/// <summary>
/// Holds the one connection to a telescope's image port: opened when somebody wants pictures, given back 60 s after the last one did, and patient
/// after every failure, since the telescope has two connections and the official app needs one.
/// </summary>
/// <param name="owner">Whom it serves.</param>
/// <param name="transport">Opens connections.</param>
/// <param name="port">Which image port: the telephoto or the wide camera's.</param>
/// <param name="decoder">Makes pictures.</param>
/// <param name="demand">Who wants what.</param>
/// <param name="changed">Pulsed when the basis of decisions changes.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Jitter.</param>
/// <param name="logger">Told of connections.</param>
internal sealed partial class ImageLink(
    IImageLinkOwner owner,
    ITelescopeTransport transport,
    TelescopePort port,
    FrameDecoder decoder,
    FrameDemand demand,
    Signal changed,
    TimeProvider time,
    Random random,
    ILogger logger)
{
    /// <summary>How long the connection is kept after the last wish for pictures.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromSeconds(60);

    /// <summary>How long to stay away when all connections are in use.</summary>
    public static readonly TimeSpan InUsePause = TimeSpan.FromSeconds(60);

    private static readonly Backoff AfterDrop = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60));

    /// <summary>A connection that lasted this long was a good one: the next pause is the shortest again.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(60);

    private readonly ImageFetcher _fetcher = new(
        owner, new StackRequests(demand, time), new SubRequests(demand, time), new PreviewStream(demand, time), demand, changed, time);

    private int _failures;
    private ImageManners _manners;
    private long _curtSince;

    /// <summary>Runs until cancelled, whatever happens to connections.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await WaitUntilWantedAsync(cancellationToken);
                if (IsCurt() && !await _fetcher.WaitUntilDueAsync(cancellationToken))
                {
                    continue;
                }

                owner.ImageLinkChanged(LinkPhase.Connecting, null);
                if (await ServeAsync(cancellationToken) is { } pause)
                {
                    await Task.Delay(pause, time, cancellationToken);
                }
            }
        }
        finally
        {
            owner.ImageLinkChanged(LinkPhase.Released, null);
        }
    }

    /// <summary>Serves one connection.</summary>
    /// <returns>How long to stay away; null when the connection was given back.</returns>
    private async Task<TimeSpan?> ServeAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            await using var stream = await transport.ConnectAsync(port, cancellationToken);
            owner.ImageLinkChanged(LinkPhase.Open, null);
            Log.Opened(logger, transport.Description);
            await _fetcher.RunAsync(stream, decoder, _manners.IsCurt, logger, cancellationToken);
            Log.Released(logger, transport.Description);
            _failures = 0;
            return null;
        }
        catch (ConnectionsInUseException exception)
        {
            owner.ImageLinkChanged(LinkPhase.AllInUse, exception.Message);
            Log.InUse(logger, transport.Description);
            return InUsePause * (1 + (0.2 * random.NextDouble()));
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var closed = exception is IOException and not (EndOfStreamException or SilentConnectionException);
            if (Learn(_fetcher.Ended(time.GetElapsedTime(started), closed)))
            {
                owner.ImageLinkChanged(LinkPhase.Released, null);
                return null;
            }

            _failures = time.GetElapsedTime(started) > Settled ? 1 : _failures + 1;
            var pause = AfterDrop.Delay(_failures, random);
            var failure = new LinkFailure(exception, _failures);
            owner.ImageLinkChanged(LinkPhase.Failed, failure.Problem);
            Log.Lost(logger, failure.Level, transport.Description, failure.Problem, pause.TotalSeconds, failure.Details);
            return pause;
        }
    }

    /// <summary>Learns from the end of a connection.</summary>
    /// <returns>Whether it was no failure.</returns>
    private bool Learn(in ImageEnd end)
    {
        var (before, expected) = (_manners, _manners.Expects(end));
        _manners = before.After(end);
        if (_manners.IsCurt && !before.IsCurt)
        {
            _curtSince = time.GetTimestamp();
            Log.Curt(logger, transport.Description);
        }

        _failures = expected ? 0 : _failures;
        return expected;
    }

    private bool IsCurt()
    {
        _manners = time.GetElapsedTime(_curtSince) < ImageManners.BelievedFor ? _manners : default;
        return _manners.IsCurt;
    }

    private async Task WaitUntilWantedAsync(CancellationToken cancellationToken)
    {
        if (demand.WantsPictures)
        {
            return;
        }

        owner.ImageLinkChanged(LinkPhase.Released, null);
        for (var next = changed.Next; !demand.WantsPictures; next = changed.Next)
        {
            await next.WaitAsync(cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The image port of {Telescope} is open.", EventName = nameof(Opened))]
        public static partial void Opened(ILogger logger, string telescope);

        [LoggerMessage(2, LogLevel.Information, "The image port of {Telescope} was released: nobody wants pictures.", EventName = nameof(Released))]
        public static partial void Released(ILogger logger, string telescope);

        [LoggerMessage(3, LogLevel.Warning, "The image connections of {Telescope} are all in use; the next try follows in a minute.", EventName = nameof(InUse))]
        public static partial void InUse(ILogger logger, string telescope);

        [LoggerMessage(5, LogLevel.Information, "{Telescope} closes its image port after each answer; it is asked one thing at a time.", EventName = nameof(Curt))]
        public static partial void Curt(ILogger logger, string telescope);

        [LoggerMessage(EventId = 4, Message = "The image port of {Telescope} was lost: {Problem} The next try follows in {Pause:F0} s.", EventName = nameof(Lost))]
        public static partial void Lost(ILogger logger, LogLevel level, string telescope, string problem, double pause, Exception? exception);
    }
}
