using System.Net;
using System.Text.Json;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Discovery;

/// <summary>Makes the answer to a probe (<c>seestar-protocol.md</c> §2.3).</summary>
internal static class DiscoveryReply
{
    private const string Method = "scan_iscope";

    /// <summary>Whether an asker is answered at all.</summary>
    /// <param name="manner">How the telescope behaves.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="port">The telescope's own port, 4720; strict telescopes want probes to come from it.</param>
    public static bool IsDue(DiscoveryManner manner, EndPoint asker, int port) => manner switch
    {
        DiscoveryManner.Silent => false,
        DiscoveryManner.Strict => (asker as IPEndPoint)?.Port == port,
        _ => true,
    };

    /// <summary>The answer; null if the datagram is no probe. To be used within the agenda.</summary>
    public static string? Of(ReadOnlyMemory<byte> datagram, Telescope telescope, int clients)
    {
        try
        {
            using var document = JsonDocument.Parse(datagram);
            var probe = document.RootElement;
            if (probe.ValueKind != JsonValueKind.Object || !probe.TryGetProperty("method", out var method) || !Is(method, Method))
            {
                return null;
            }

            var reply = WireText.Print(Members(telescope, clients, probe.TryGetProperty("id", out var id) ? id : null));
            var name = probe.TryGetProperty("name", out var sent) && sent.ValueKind == JsonValueKind.String ? sent.GetString()! : "";

            // The telescope's bug: the name comes back without quotes.
            return telescope.Options.DiscoveryDashBug && name.Contains('-', StringComparison.Ordinal)
                ? string.Concat("{\"name\":", name, ",", reply.AsSpan(1))
                : reply;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static WireObject Members(Telescope telescope, int clients, JsonElement? id)
    {
        var serial = telescope.Options.SerialNumber;
        var reply = new WireObject
        {
            ["jsonrpc"] = "2.0",
            ["Timestamp"] = telescope.Events.Stamp(),
            ["method"] = Method,
            ["result"] = new WireObject
            {
                ["product_model"] = telescope.Facts.ProductModel,
                ["sn"] = serial,
                ["ssid"] = $"{telescope.Facts.SsidPrefix}_{serial}",
                ["ip"] = telescope.Options.Address.ToString(),
                ["is_verified"] = true,
                ["tcp_client_num"] = clients,
                ["can_star_mode_sel_cam"] = telescope.Device.Device.Get("can_star_mode_sel_cam", false),
                ["serc"] = "WPA-PSK",
                ["bssid"] = "02:00:00:00:00:01",
            },
            ["code"] = 0,
        };
        if (id is { } sent)
        {
            reply["id"] = sent;
        }

        return reply;
    }

    private static bool Is(JsonElement element, string text) => element.ValueKind == JsonValueKind.String && element.ValueEquals(text);
}
