using System.Net;
using System.Text.Json;

namespace SeestarAlpaca.Seestar.Discovery;

/// <summary>The question "which telescopes are here?" on UDP 4720 (<c>seestar-protocol.md</c> §2.3).</summary>
public static class ScanRequest
{
    /// <summary>The method's name, in request and reply.</summary>
    public const string Method = "scan_iscope";

    /// <summary>The id the official app uses.</summary>
    public const int Id = 201;

    /// <summary>Who asks. A plain word: a dash in it breaks the reply (<c>seestar-protocol.md</c> §2.3).</summary>
    private const string Name = "SeestarAlpaca";

    /// <summary>The request's bytes.</summary>
    /// <param name="asker">The address of the asking computer in the telescope's network.</param>
    public static byte[] Build(IPAddress asker)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("id", Id);
            json.WriteString("method", Method);
            json.WriteString("name", Name);
            json.WriteString("ip", asker.ToString());
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
