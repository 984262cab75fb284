using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Telescopes;

/// <summary>
/// Learns the serial number of a telescope that tells none over its control port: from UDP 4720, else from ZWO's own Alpaca server in the telescope,
/// whose device names hold it.
/// </summary>
public sealed partial class SerialNumberFinder(ScanFinder scan, DiscoveryOptions options, HttpClient http)
{
    /// <summary>The port of ZWO's own Alpaca server, firmware 6.45 and later (<c>seestar-protocol.md</c> §1).</summary>
    private const int NativePort = 32323;

    private const int MaxReply = 64 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Serial number and model; null when neither way leads to them.</summary>
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
        NameWithSerial().Match(configuredDevices) is { Success: true } match ? match.Groups[1].Value.ToLowerInvariant() : null;

    private async Task<(string Serial, string? Model)?> AskScanAsync(TelescopeAddress address, CancellationToken cancellationToken)
    {
        try
        {
            var host = IPAddress.TryParse(address.Host, out var literal)
                ? literal
                : (await Dns.GetHostAddressesAsync(address.Host, cancellationToken)).FirstOrDefault();
            var reply = host is null ? null : await scan.AskAsync(new IPEndPoint(host, options.ScanPort), Patience, cancellationToken);
            return reply?.Serial is { } serial ? (serial.ToLowerInvariant(), reply.Model) : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private async Task<(string Serial, string? Model)?> AskNativeAsync(TelescopeAddress address, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var url = new UriBuilder("http", address.Host, NativePort, "management/v1/configureddevices").Uri;
            using var reply = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            await using var body = await reply.Content.ReadAsStreamAsync(patience.Token);
            var bytes = new byte[MaxReply];
            var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, patience.Token);
            return FindSerial(System.Text.Encoding.UTF8.GetString(bytes, 0, read)) is { } serial ? (serial, null) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    [GeneratedRegex(@"S(?:50|30)(?: Pro)?_([0-9a-fA-F]{8})\b", RegexOptions.CultureInvariant)]
    private static partial Regex NameWithSerial();
}
