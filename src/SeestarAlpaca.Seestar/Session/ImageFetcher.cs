using Microsoft.Extensions.Logging;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>Asks one open image connection for what is wanted, one transfer at a time, until nobody has wanted anything for a while.</summary>
internal sealed class ImageFetcher : IImageReceiver
{
    /// <summary>How long to wait after an answer without a usable picture.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);

    /// <summary>So many answers without a picture, and only the next event is a reason to ask again.</summary>
    private const int MaxTries = 3;

    /// <summary>A request that is not answered at all is forgotten after this time.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(120);

    /// <summary>How long to wait before asking for previews again where an event that says so may have been missed.</summary>
    private static readonly TimeSpan StreamingRetry = TimeSpan.FromSeconds(10);

    private readonly IImageLinkOwner _owner;
    private readonly FrameDemand _demand;
    private readonly Signal _changed;
    private readonly TimeProvider _time;
    private readonly ImageConnection _connection;
    private readonly Lock _gate = new();
    private StackRequest? _asked;
    private StackMark? _fetched;
    private long? _lastEnd;
    private TimeSpan _lastTook;
    private long? _triedAt;
    private int _tries;
    private bool _streaming;
    private long? _refusedAt;

    public ImageFetcher(
        IImageLinkOwner owner, Stream stream, FrameDecoder decoder, FrameDemand demand, Signal changed, TimeProvider time, ILogger logger)
    {
        (_owner, _demand, _changed, _time) = (owner, demand, changed, time);
        _connection = new ImageConnection(stream, decoder, this, time, logger);
    }

    public BayerPhase Phase => _owner.Basis.Telescope.Phase ?? BayerPhase.Grbg;

    /// <summary>Runs until the connection can be given back.</summary>
    /// <exception cref="IOException">The connection ended.</exception>
    /// <exception cref="InvalidDataException">Reader and telescope are out of step.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] parts = [ReadAsync(ending.Token), _connection.KeepAliveAsync(ending.Token), AskAsync(ending.Token)];
        var first = await Task.WhenAny(parts);
        await ending.CancelAsync();
        await _connection.DisposeAsync();
        await Task.WhenAll(parts).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        // A write that fails because the telescope has just closed says less than what the telescope said before.
        await (parts[0].IsFaulted && !first.IsCompletedSuccessfully ? parts[0] : first);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Picture(Image16 image)
    {
        if (image is RgbImage stack)
        {
            var request = Answered(delivered: true) ?? new StackRequest(_owner.Basis, _time.GetTimestamp());
            _owner.StackArrived(stack, request, _time.GetElapsedTime(request.AskedAt));
        }
        else
        {
            _owner.SubArrived((BayerImage)image);
        }
    }

    public void Text(string text)
    {
        switch (text)
        {
            case ImageText.NoImage:
                Answered(delivered: false);
                break;
            case ImageText.OnlyContinuous:
                lock (_gate)
                {
                    (_streaming, _refusedAt) = (false, _time.GetTimestamp());
                }

                break;
        }
    }

    public void Damaged(string problem) => Answered(delivered: false);

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await _connection.ReadAsync(cancellationToken);
        throw new IOException("The telescope closed its image port.");
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        while (_demand.PicturesIdle is not { } idle || idle < ImageLink.Linger)
        {
            var next = _changed.Next;
            var basis = _owner.Basis;
            if (StreamingChange(basis) is { } request)
            {
                await _connection.SendAsync(request, cancellationToken);
            }

            var wait = StackWait(basis);
            if (wait == TimeSpan.Zero)
            {
                lock (_gate)
                {
                    _asked = new StackRequest(basis, _time.GetTimestamp());
                }

                await _connection.SendAsync(ImageRequest.GetStack, cancellationToken);
                continue;
            }

            TimeSpan?[] reasons = [wait, ImageLink.Linger - _demand.PicturesIdle, _refusedAt is null ? null : StreamingRetry];
            await Signal.WaitAsync(next, reasons.Where(reason => reason > TimeSpan.Zero).Min(), _time, cancellationToken);
        }
    }

    /// <summary>The request that begins or ends the push of previews; null when nothing is to be changed.</summary>
    private ReadOnlyMemory<byte>? StreamingChange(FetchBasis basis)
    {
        lock (_gate)
        {
            if (basis.Telescope.IsLive is not true || (_refusedAt is { } refused && _time.GetElapsedTime(refused) >= StreamingRetry))
            {
                // The end of a live view ends the stream too; it has to be asked for again.
                (_refusedAt, _streaming) = (null, _streaming && basis.Telescope.IsLive is true);
            }

            var wanted = _demand.Wants(FrameWish.Previews) && (basis.Telescope.IsLive is true || basis.Polled) && _refusedAt is null;
            if (wanted == _streaming || (!wanted && _demand.Wants(FrameWish.Previews)))
            {
                return null;
            }

            _streaming = wanted;
            return wanted ? ImageRequest.BeginStreaming : ImageRequest.StopStreaming;
        }
    }

    private TimeSpan? StackWait(FetchBasis basis)
    {
        lock (_gate)
        {
            if (_asked is not null)
            {
                var left = AnswerTimeout - _time.GetElapsedTime(_asked.AskedAt);
                if (left > TimeSpan.Zero)
                {
                    return left;
                }

                _asked = null;
            }

            var wait = StackFetchPolicy.Delay(new FetchSituation(
                _demand.WantsStacks,
                _demand.Wants(FrameWish.EveryStack),
                basis.Telescope.Announced,
                _fetched,
                basis.CatchUp,
                basis.Polled,
                _lastEnd is { } end ? _time.GetElapsedTime(end) : TimeSpan.MaxValue,
                _lastTook));
            var retry = _triedAt is { } tried ? RetryPause - _time.GetElapsedTime(tried) : TimeSpan.Zero;
            return wait < retry ? retry : wait;
        }
    }

    /// <summary>Ends the request under way and tells which it was.</summary>
    private StackRequest? Answered(bool delivered)
    {
        StackRequest? request;
        lock (_gate)
        {
            (request, _asked) = (_asked, null);
            if (request is not null)
            {
                _tries = delivered ? 0 : _tries + 1;
                _triedAt = delivered ? null : _time.GetTimestamp();
                if (delivered || _tries >= MaxTries)
                {
                    _fetched = request.Basis.Telescope.Announced;
                    _tries = 0;
                }

                _lastEnd = _time.GetTimestamp();
                _lastTook = _time.GetElapsedTime(request.AskedAt);
            }
        }

        if (request?.Basis.CatchUp is true)
        {
            _owner.CaughtUp();
        }

        _changed.Pulse();
        return request;
    }
}
