using System.Globalization;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Video;

/// <summary>The address of a telescope's video (<c>seestar-protocol.md</c> §6).</summary>
internal static class RtspAddress
{
    /// <summary>The telephoto camera's video. It answers only while the telescope is in a scenery or solar system mode.</summary>
    public static string Of(Telescope telescope)
    {
        var host = telescope.Address.Host.Contains(':', StringComparison.Ordinal) ? $"[{telescope.Address.Host}]" : telescope.Address.Host;
        return string.Create(CultureInfo.InvariantCulture, $"rtsp://{host}:{telescope.Address.RtspPort}/stream");
    }
}
