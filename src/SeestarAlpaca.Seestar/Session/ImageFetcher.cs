using Microsoft.Extensions.Logging;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Images;

namespace SeestarAlpaca.Seestar.Session;

/// <summary>Asks one open image connection for what is wanted, until nobody has wanted anything for a while, and hands on what comes.</summary>
/// <param name="owner">Whom it serves.</param>
/// <param name="stacks">When the stack is asked for.</param>
/// <param name="subs">When the newest exposure of a stack is asked for.</param>
/// <param name="previews">When previews are asked for.</param>
/// <param name="demand">Who wants what.</param>
/// <param name="changed">Pulsed when the basis of decisions changes.</param>
/// <param name="time">The clock.</param>
internal sealed class ImageFetcher(
    IImageLinkOwner owner, StackRequests stacks, SubRequests subs, PreviewStream previews, FrameDemand demand, Signal changed, TimeProvider time) : IImageReceiver
{
    /// <summary>While a picture arrives: what was known when it began to, in case that nobody asked for it.</summary>
    private StackRequest? _arriving;

    private bool _heard;
    private bool _answered;
    private bool _announced;

    /// <inheritdoc/>
    public BayerPhase Phase => owner.Basis.Telescope.Phase ?? BayerPhase.Grbg;

    /// <summary>Waits until there is a stack to ask for; false when nobody wants pictures any longer.</summary>
    public async Task<bool> WaitUntilDueAsync(CancellationToken cancellationToken)
    {
        stacks.Reconnected();
        subs.Reconnected();
        while (true)
        {
            var next = changed.Next;
            if (!demand.WantsPictures)
            {
                return false;
            }

            var wait = Sooner(stacks.Wait(owner.Basis), subs.Wait(owner.Basis));
            if (wait == TimeSpan.Zero)
            {
                return true;
            }

            await Signal.WaitAsync(next, wait, time, cancellationToken);
        }
    }

    /// <summary>What is to be learnt from the end of the connection.</summary>
    /// <param name="lasted">How long it had lasted.</param>
    /// <param name="closed">Whether the telescope has closed or reset it.</param>
    public ImageEnd Ended(TimeSpan lasted, bool closed) => new(lasted, _heard, _answered, closed && _arriving is null);

    /// <summary>Runs until the connection can be given back; then it is closed.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="decoder">Makes pictures.</param>
    /// <param name="curt">Whether the telescope is known to close the connection after each answer: then only the stack is asked for, at first.</param>
    /// <param name="logger">Told what was ignored.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">The connection ended.</exception>
    /// <exception cref="InvalidDataException">Reader and telescope are out of step.</exception>
    public async Task RunAsync(Stream stream, FrameDecoder decoder, bool curt, ILogger logger, CancellationToken cancellationToken)
    {
        (_heard, _answered, _announced, _arriving) = (false, false, false, null);
        stacks.Reconnected();
        subs.Reconnected();
        previews.Reconnected();
        await using var connection = new ImageConnection(stream, decoder, this, time, logger);
        await ConnectionParts.RunAsync(
            connection,
            token => ReadAsync(connection, token),
            [token => connection.KeepAliveAsync(atOnce: !curt, token), token => AskAsync(connection, curt, token)],
            time,
            cancellationToken);
    }

    public void Begins(FrameHeader header)
    {
        _arriving = new StackRequest(owner.Basis, time.GetTimestamp());
        if (AnswersStackRequest(header))
        {
            stacks.Answering();
        }
        else if (header.RequestId == ImageRequest.GetSubId)
        {
            subs.Answering();
        }
        else
        {
            previews.Came();
        }
    }

    public void Picture(FrameHeader header, Image16 image)
    {
        _heard = true;
        var stack = image as RgbImage;
        var request = AnswersStackRequest(header) ? EndRequest(delivered: stack is not null) : null;
        if (stack is not null)
        {
            request ??= _arriving!;
            owner.StackArrived(stack, request, time.GetElapsedTime(request.AskedAt));
        }
        else
        {
            previews.Came();
            owner.SubArrived((BayerImage)image, (header.RequestId == ImageRequest.GetSubId ? EndSubRequest() : null) ?? _arriving!);
        }

        _arriving = null;
    }

    public void Damaged(FrameHeader header, string problem)
    {
        _heard = true;
        if (AnswersStackRequest(header))
        {
            EndRequest(delivered: false);
        }
        else if (header.RequestId == ImageRequest.GetSubId)
        {
            EndSubRequest();
        }

        owner.PictureDamaged(problem);
        _arriving = null;
    }

    public void Text(FrameHeader header, string text)
    {
        _heard = true;
        if (header.RequestId == ImageRequest.GetSubId)
        {
            EndSubRequest();
        }
        else if (text == ImageText.NoImage || AnswersStackRequest(header))
        {
            EndRequest(delivered: false);
            if (text == ImageText.NoImage)
            {
                owner.NothingStacked();
            }
        }
        else if (text == ImageText.OnlyContinuous || (header.RequestId == ImageRequest.BeginStreamingId && text != ImageText.Done))
        {
            previews.Refused();
            changed.Pulse();
        }
    }

    /// <summary>
    /// Whatever carries the request's number is its answer (<c>seestar-protocol.md</c> §5.1), and so is any stack but one that is pushed along with the
    /// previews, should a telescope do that (§11.2).
    /// </summary>
    private static bool AnswersStackRequest(FrameHeader header) =>
        header.RequestId == ImageRequest.GetStackId || (header.Kind == FrameKind.Stacked && header.RequestId != ImageRequest.BeginStreamingId);

    private static async Task ReadAsync(ImageConnection connection, CancellationToken cancellationToken)
    {
        await connection.ReadAsync(cancellationToken);
        throw new IOException("The telescope closed its image port.");
    }

    private async Task AskAsync(ImageConnection connection, bool curt, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = changed.Next;
            var release = ImageLink.Linger - demand.PicturesIdle;
            if (release <= TimeSpan.Zero)
            {
                return;
            }

            var basis = owner.Basis;
            if (!curt && previews.Change(basis.Telescope.IsLive) is { } request)
            {
                await connection.SendAsync(request, cancellationToken);
            }

            var wait = stacks.Wait(basis);
            if (wait == TimeSpan.Zero)
            {
                stacks.Asked(basis);
                await connection.SendAsync(ImageRequest.GetStack, cancellationToken);
                continue;
            }

            var waitForSub = subs.Wait(basis);
            if (waitForSub == TimeSpan.Zero)
            {
                await AskForSubAsync(connection, basis, curt, cancellationToken);
                continue;
            }

            await Signal.WaitAsync(next, new[] { release, wait, waitForSub, previews.Wait() }.Min(), time, cancellationToken);
        }
    }

    /// <summary>
    /// One report has it that the newest exposure may be asked for only where streaming was begun before on the same connection
    /// (<c>seestar-protocol.md</c> §5.8); elsewhere that does nothing while the telescope stacks.
    /// </summary>
    private async Task AskForSubAsync(ImageConnection connection, FetchBasis basis, bool curt, CancellationToken cancellationToken)
    {
        subs.Asked(basis);
        if (!_announced && !curt)
        {
            _announced = true;
            await connection.SendAsync(ImageRequest.BeginStreaming, cancellationToken);
            await connection.SendAsync(ImageRequest.StopStreaming, cancellationToken);
        }

        await connection.SendAsync(ImageRequest.GetSub, cancellationToken);
    }

    private static TimeSpan? Sooner(TimeSpan? one, TimeSpan? other) => one < other || other is null ? one : other;

    private StackRequest? EndSubRequest()
    {
        var request = subs.Answered();
        _answered |= request is not null;
        changed.Pulse();
        return request;
    }

    private StackRequest? EndRequest(bool delivered)
    {
        var request = stacks.Answered(delivered, out var settled);
        _answered |= request is not null;
        if (settled && request is { Basis.CatchUp: true })
        {
            owner.CaughtUp(request.Basis.Gap);
        }

        changed.Pulse();
        return request;
    }
}
