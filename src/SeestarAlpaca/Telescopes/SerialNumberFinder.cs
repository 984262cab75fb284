using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Telescopes;

/// <summary>Learns serial numbers.</summary>
public interface ISerialNumberFinder
{
    /// <summary>Serial number and model of the telescope at an address; null when no way leads to them.</summary>
    Task<(string Serial, string? Model)?> AskAsync(TelescopeAddress address, CancellationToken cancellationToken);
}

/// <summary>
/// Learns the serial number of a telescope that tells none over its control port: from UDP 4720, else from ZWO's own Alpaca server in the telescope,
/// whose device names hold it.
/// </summary>
public sealed partial class SerialNumberFinder(ScanFinder scan, DiscoveryOptions options, HttpClient http, TimeProvider time) : ISerialNumberFinder
{
    /// <summary>The port of ZWO's own Alpaca server, firmware 6.45 and later (<c>seestar-protocol.md</c> §1).</summary>
    private const int NativePort = 32323;

    private const int MaxReply = 64 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<(string Serial, string? Model)?> AskAsync(TelescopeAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);

        // Services beside the standard ports belong to the telescope only where its own ports are the standard ones: several may share a host.
        if (address.ControlPort != new TelescopeAddress(address.Host).ControlPort)
        {
            return null;
        }

        return await AskScanAsync(address, cancellationToken) ?? await AskNativeAsync(address, cancellationToken);
    }

    /// <summary>The serial number in the names of ZWO's devices, such as <c>S50_4ddb0535</c>. Pure.</summary>
    internal static string? FindSerial(string configuredDevices) =>
        NameWithSerial().Match(configuredDevices) is { Success: true } match ? match.Groups["serial"].Value : null;

    private async Task<(string Serial, string? Model)?> AskScanAsync(TelescopeAddress address, CancellationToken cancellationToken)
    {
        try
        {
            var host = IPAddress.TryParse(address.Host, out var literal)
                ? literal
                : (await Dns.GetHostAddressesAsync(address.Host, cancellationToken)).FirstOrDefault();
            var reply = host is null ? null : await scan.AskAsync(new IPEndPoint(host, options.ScanPort), Patience, cancellationToken);
            return reply?.Serial is { } serial ? (serial, reply.Model) : null;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return null;
        }
    }

    private async Task<(string Serial, string? Model)?> AskNativeAsync(TelescopeAddress address, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var url = new UriBuilder("http", address.Host, NativePort, "management/v1/configureddevices").Uri;
            using var reply = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            await using var body = await reply.Content.ReadAsStreamAsync(patience.Token);
            var bytes = new byte[MaxReply];
            var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, patience.Token);
            return FindSerial(System.Text.Encoding.UTF8.GetString(bytes, 0, read)) is { } serial ? (serial, null) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or UriFormatException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    [GeneratedRegex(@"S(?:30|50)[ A-Za-z]{0,8}_(?<serial>[0-9a-fA-F]{8})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameWithSerial();
}
