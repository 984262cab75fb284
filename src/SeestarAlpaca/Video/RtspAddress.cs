using System.Globalization;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Video;

/// <summary>The address of a telescope's video (<c>seestar-protocol.md</c> §6).</summary>
internal static class RtspAddress
{
    /// <summary>The telephoto camera's video. It answers only while the telescope is in a scenery or solar system mode. Null while nobody knows where it is.</summary>
    public static string? Of(Telescope telescope)
    {
        if (telescope.Address is not { } address)
        {
            return null;
        }

        var host = address.Host.Contains(':', StringComparison.Ordinal) ? $"[{address.Host}]" : address.Host;
        return string.Create(CultureInfo.InvariantCulture, $"rtsp://{host}:{address.RtspPort}/stream");
    }
}
