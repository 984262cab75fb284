using System.Globalization;
using SeestarAlpaca.Conformance.ImageBytes;
using SeestarAlpaca.Conformance.Json;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Http;

/// <summary>A well-behaved client of one device, with connections, ClientID and counter of its own. Safe for several threads.</summary>
internal sealed class AlpacaClient(Uri device, uint clientId, TimeProvider time, Timings timings) : IDisposable
{
    private readonly HttpSender _sender = new(device, time);
    private uint _transaction;

    /// <summary>Its ClientID.</summary>
    public uint ClientId => clientId;

    /// <summary>Reads a property.</summary>
    /// <exception cref="NoReplyException">There was no reply.</exception>
    public async Task<Answer> GetAsync(string member, CancellationToken cancellationToken)
    {
        var transaction = Interlocked.Increment(ref _transaction);
        var reply = await SendAsync("GET", member, HttpRequest.Get(Path(member), Ids(transaction)), cancellationToken);
        return Answer.Of($"GET {member}", reply, Members.TypeOf(member), transaction);
    }

    /// <summary>Writes a property or calls a method.</summary>
    /// <exception cref="NoReplyException">There was no reply.</exception>
    public async Task<Answer> PutAsync(string member, CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
        var transaction = Interlocked.Increment(ref _transaction);
        var form = string.Join('&', parameters.Select(p => $"{p.Name}={Format(p.Value)}").Append(Ids(transaction)));
        var reply = await SendAsync("PUT", member, HttpRequest.Put(Path(member), form), cancellationToken);
        var written = string.Join(", ", parameters.Select(p => $"{p.Name}={Format(p.Value)}"));
        return Answer.Of($"PUT {member}{(written.Length == 0 ? "" : $" {written}")}", reply, WireType.None, transaction);
    }

    /// <summary>Fetches an image.</summary>
    /// <param name="member"><c>imagearray</c> or <c>imagearrayvariant</c>.</param>
    /// <param name="accept">What the client takes.</param>
    /// <param name="maxElements">Elements that the image may have.</param>
    /// <exception cref="NoReplyException">There was no reply.</exception>
    public async Task<Download> DownloadAsync(string member, string accept, int maxElements, CancellationToken cancellationToken)
    {
        var (reply, transaction) = await FetchAsync(member, accept, maxElements, cancellationToken);
        return Download.Of(reply, transaction, maxElements);
    }

    /// <summary>Fetches an image without reading it, which takes a while that must not count where something else is measured.</summary>
    /// <returns>The reply, and the ClientTransactionID that must be in it.</returns>
    /// <exception cref="NoReplyException">There was no reply.</exception>
    public async Task<(HttpReply Reply, uint Transaction)> FetchAsync(
        string member, string accept, int maxElements, CancellationToken cancellationToken)
    {
        var transaction = Interlocked.Increment(ref _transaction);
        var request = HttpRequest.Get(Path(member), Ids(transaction)) with
        {
            Accept = accept,
            Timeout = TimeSpan.FromSeconds(100),
            MaxLength = Math.Min((16L * maxElements) + (1 << 20), Array.MaxLength - 1),
        };
        return (await SendAsync("GET", member, request, cancellationToken), transaction);
    }

    public void Dispose() => _sender.Dispose();

    /// <summary>A value as Alpaca writes it: invariant culture, <c>True</c> and <c>False</c>.</summary>
    private static string Format(object value) => Uri.EscapeDataString(Convert.ToString(value, CultureInfo.InvariantCulture)!);

    private string Path(string member) => $"{device.AbsolutePath}/{member}";

    private string Ids(uint transaction) => $"ClientID={clientId}&ClientTransactionID={transaction}";

    private async Task<HttpReply> SendAsync(string verb, string member, HttpRequest request, CancellationToken cancellationToken)
    {
        var reply = await _sender.SendAsync(request, cancellationToken);
        timings.Add(verb, member, reply.Elapsed);
        return reply;
    }
}

/// <summary>An image that a client fetched.</summary>
/// <param name="Error">ASCOM error number in place of an image; 0 for none, null when it is no Alpaca reply.</param>
/// <param name="Told">What came back, in words.</param>
internal sealed record Download(HttpReply Reply, Picture? Picture, int? Error, string Told, IReadOnlyList<Problem> Problems)
{
    /// <summary>Reads a reply to a request for an image.</summary>
    public static Download Of(HttpReply reply, uint transaction, int maxElements)
    {
        if (reply is { Status: 200, IsImageBytes: true })
        {
            return OfImageBytes(reply, transaction, maxElements);
        }

        var answer = Answer.Of("image", reply with { Body = JsonImage.WithoutPixels(reply.Body) }, WireType.Image, transaction);
        if (!answer.Succeeded)
        {
            return new Download(reply, null, answer.ErrorNumber, answer.Told, answer.Problems);
        }

        var reading = JsonImage.Read(reply.Body, maxElements);
        return new Download(reply, reading.Picture, 0, reading.Unreadable ?? reading.Picture!.Shape, [.. answer.Problems, .. reading.Problems]);
    }

    private static Download OfImageBytes(HttpReply reply, uint transaction, int maxElements)
    {
        var header = ImageBytesHeader.Read(reply.Body);
        var reading = ImageBytesReader.Read(reply.Body, maxElements);
        var problems = new List<Problem>(reading.Problems);
        if (reply.ContentType != "application/imagebytes")
        {
            problems.Add(Problem.Stricter($"Content-Type is '{reply.ContentType}'; alpyca takes anything but exactly application/imagebytes for JSON"));
        }

        if (header is not null && header.ClientTransactionId != transaction)
        {
            problems.Add(Problem.Issue($"the metadata's ClientTransactionID is {header.ClientTransactionId}, not {transaction} as sent"));
        }

        if (header is { ServerTransactionId: 0 })
        {
            problems.Add(Problem.Issue("the metadata's ServerTransactionID is 0"));
        }

        return new Download(reply, reading.Picture, header?.ErrorNumber, reading.Unreadable ?? reading.Picture!.Shape, problems);
    }
}
