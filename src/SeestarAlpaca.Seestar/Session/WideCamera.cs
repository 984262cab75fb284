using Microsoft.Extensions.Logging;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>
/// The wide camera of a telescope that has one: single exposures from a port of its own (4804), while somebody wants them. What it pushes in a star
/// view is known from few reports (<c>seestar-protocol.md</c> §4.4, §5.8); in a video view it is one picture that never changes, which is left out.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed class WideCamera : IImageLinkOwner, IDisposable
{
    private readonly Lock _gate = new();
    private readonly SeestarSession _session;
    private readonly Signal _changed;
    private readonly TimeProvider _time;
    private readonly ImageLink _link;
    private LinkStatus _status;
    private long _sequence;

    internal WideCamera(SeestarSession session, ITelescopeTransport transport, PixelPool pool, Signal changed, TimeProvider time, Random random, ILogger logger)
    {
        (_session, _changed, _time, _status) = (session, changed, time, new LinkStatus(LinkPhase.Released, time.GetUtcNow()));
        Demand = new FrameDemand(time, changed);
        _link = new ImageLink(this, transport, TelescopePort.Wide, new FrameDecoder(pool), Demand, changed, time, random, logger);
    }

    /// <summary>Who wants its exposures: <see cref="FrameWish.Subs"/>.</summary>
    public FrameDemand Demand { get; }

    /// <summary>Its newest exposure.</summary>
    public FrameStore Frames { get; } = new();

    /// <summary>Its connection.</summary>
    public LinkStatus Link
    {
        get
        {
            lock (_gate)
            {
                return _status;
            }
        }
    }

    /// <summary>What the telescope does as far as this camera is concerned: it has no stack of its own, and whether it exposes nobody tells.</summary>
    FetchBasis IImageLinkOwner.Basis => new(_session.Snapshot.Telescope with { IsLive = null, StackState = null, StackSeenWorking = false }, CatchUp: false, Polled: false);

    /// <inheritdoc/>
    public void Dispose() => Frames.Dispose();

    internal Task RunAsync(CancellationToken cancellationToken) => _link.RunAsync(cancellationToken);

    void IImageLinkOwner.ImageLinkChanged(LinkPhase phase, string? problem) => Change(() => _status = _status.Next(phase, problem, _time.GetUtcNow()));

    void IImageLinkOwner.PictureDamaged(string problem) =>
        Change(() => _status = _status.Next(_status.Phase, $"The last picture came damaged and was left out. {problem}", _time.GetUtcNow()));

    void IImageLinkOwner.StackArrived(RgbImage image, StackRequest request, TimeSpan took) => image.Dispose();

    void IImageLinkOwner.NothingStacked()
    {
    }

    void IImageLinkOwner.CaughtUp(long gap)
    {
    }

    void IImageLinkOwner.SubArrived(BayerImage image, StackRequest request)
    {
        using var held = Frames.LeaseSub();
        if (request.Basis.Telescope.ShowsVideo || (held is not null && held.Image.Samples.SequenceEqual(image.Samples)))
        {
            image.Dispose();
            return;
        }

        Change(() =>
        {
            _status = _status.Next(_status.Phase, null, _time.GetUtcNow());
            Frames.Put(new SubFrame(
                new SubDetails
                {
                    Sequence = ++_sequence,
                    Epoch = request.Basis.Telescope.Epoch,
                    IsConfirmed = request.Basis.Telescope.IsMoving is not true,
                    ReceivedAt = _time.GetUtcNow(),
                    ReceivedTimestamp = _time.GetTimestamp(),
                    Size = (image.Width, image.Height),
                    IsOfStack = false,
                    TargetName = request.Basis.Telescope.TargetName,
                    TargetRaDec = request.Basis.Telescope.TargetRaDec,
                },
                image));
        });
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
        }

        _changed.Pulse();
    }
}
