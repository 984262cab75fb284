using System.Text.Json;
using Microsoft.Extensions.Logging;
using SeestarAlpaca.Imaging.Images;
using SeestarAlpaca.Seestar.Control;

namespace SeestarAlpaca.Seestar.Images;

/// <summary>The telescope has given away all its image connections (two; <c>seestar-protocol.md</c> §5.8).</summary>
public sealed class ConnectionsInUseException()
    : IOException("The telescope's image connections are all in use. It has two, and the official app takes one.");

/// <summary>Takes what an image connection brings. Called from its reading loop, one call at a time.</summary>
internal interface IImageReceiver
{
    /// <summary>The colour filter array of Bayer data.</summary>
    BayerPhase Phase { get; }

    /// <summary>A picture begins to arrive. <see cref="Picture"/> or <see cref="Damaged"/> follows, unless the connection ends.</summary>
    void Begins(FrameHeader header);

    /// <summary>The whole picture came; the receiver owns it.</summary>
    void Picture(FrameHeader header, Image16 image);

    /// <summary>The picture came damaged; the connection goes on.</summary>
    void Damaged(FrameHeader header, string problem);

    /// <summary>A sentence came in place of a picture.</summary>
    void Text(FrameHeader header, string text);
}

/// <summary>One open connection to an image port: reads and decodes whatever comes, and keeps the connection alive.</summary>
/// <param name="stream">The connection; disposed with this object.</param>
/// <param name="decoder">Makes the pictures.</param>
/// <param name="receiver">Takes them.</param>
/// <param name="time">The clock of the heartbeat.</param>
/// <param name="logger">Told what was ignored.</param>
internal sealed partial class ImageConnection(Stream stream, FrameDecoder decoder, IImageReceiver receiver, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    /// <summary>The official app's interval; a silent client is dropped after about 16 s (<c>seestar-protocol.md</c> §5.8).</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(4);

    /// <summary>So long without a single byte in return to the heartbeats, and the connection is dead.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(20);

    /// <summary>After the alert that all connections are in use: how long a telescope that means it may take to close this one.</summary>
    public static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private readonly FrameReader _reader = new(stream);
    private readonly SemaphoreSlim _writing = new(1);
    private bool _served;

    /// <summary>Reads until the telescope closes between two messages.</summary>
    /// <exception cref="ConnectionsInUseException">The telescope says so before the first picture.</exception>
    /// <exception cref="IOException">The connection broke, or closed inside a message.</exception>
    /// <exception cref="InvalidDataException">Reader and telescope are out of step.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var refused = false;
        while (await NextAsync(refused, cancellationToken) is { } message)
        {
            refused = !_served && message is LineMessage { Text: var text } && IsRefusal(text);
            switch (message)
            {
                case LineMessage line:
                    Log.LineIgnored(logger, Describe(line.Text));
                    break;
                case FrameMessage { Header.Kind: FrameKind.Text } frame:
                    receiver.Text(frame.Header, await FrameDecoder.ReadTextAsync(frame.Payload, cancellationToken));
                    break;
                case FrameMessage frame:
                    _served = true;
                    await TakePictureAsync(frame, cancellationToken);
                    break;
            }
        }
    }

    /// <summary>Sends a heartbeat every 4 s for as long as something comes back.</summary>
    /// <param name="atOnce">Whether the first is sent now; otherwise after 4 s.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">Nothing has come for 20 s, not even the rest of a picture.</exception>
    public async Task KeepAliveAsync(bool atOnce, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(HeartbeatInterval, time);
        var (passed, heardAt) = (_reader.Passed, time.GetTimestamp());
        do
        {
            if (_reader.Passed != passed)
            {
                (passed, heardAt) = (_reader.Passed, time.GetTimestamp());
            }
            else if (time.GetElapsedTime(heardAt) >= LongestSilence)
            {
                throw new SilentConnectionException("image port", LongestSilence);
            }

            if (atOnce)
            {
                await SendAsync(ImageRequest.Heartbeat, cancellationToken);
            }

            atOnce = true;
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Sends one of <see cref="ImageRequest"/>'s lines.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        try
        {
            await _writing.WaitAsync(cancellationToken);
            try
            {
                // Not cancelled half-way: after half a line the telescope would understand nothing more. Closing the connection ends it.
                await stream.WriteAsync(line, CancellationToken.None);
                await stream.FlushAsync(CancellationToken.None);
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (InvalidOperationException exception)
        {
            throw new IOException("The connection to the telescope's image port is closed.", exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        _writing.Dispose();
    }

    private async Task TakePictureAsync(FrameMessage frame, CancellationToken cancellationToken)
    {
        receiver.Begins(frame.Header);
        Image16 picture;
        try
        {
            picture = await decoder.DecodeAsync(frame.Header, frame.Payload, receiver.Phase, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            Log.Damaged(logger, exception.Message);
            receiver.Damaged(frame.Header, exception.Message);
            return;
        }

        receiver.Picture(frame.Header, picture);
    }

    /// <summary>
    /// The next message; null once the telescope has closed. The alert that all connections are in use may be meant for somebody else, and be told on
    /// a connection that goes on (<c>seestar-protocol.md</c> §5.7): it is meant for this one if that has brought no picture yet, and the telescope closes
    /// it or says nothing more.
    /// </summary>
    private async ValueTask<ImageMessage?> NextAsync(bool refused, CancellationToken cancellationToken)
    {
        if (!refused)
        {
            return await _reader.ReadAsync(cancellationToken);
        }

        try
        {
            return await _reader.ReadAsync(cancellationToken).AsTask().WaitAsync(LongestFarewell, time, cancellationToken) ?? throw new ConnectionsInUseException();
        }
        catch (Exception exception) when (exception is IOException or TimeoutException)
        {
            throw new ConnectionsInUseException();
        }
    }

    /// <summary>The alert's exact keys are not known (<c>seestar-protocol.md</c> §11.2); its words are.</summary>
    private static bool IsRefusal(string line) => line.Contains("maximum number of connections", StringComparison.OrdinalIgnoreCase);

    private static string Describe(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.Text("Event") ?? "without a name";
        }
        catch (JsonException)
        {
            return "that is no JSON";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A picture was damaged and is left out: {Problem}", EventName = nameof(Damaged))]
        public static partial void Damaged(ILogger logger, string problem);

        [LoggerMessage(2, LogLevel.Debug, "A JSON line between frames is ignored: event {Name}.", EventName = nameof(LineIgnored))]
        public static partial void LineIgnored(ILogger logger, string name);
    }
}
