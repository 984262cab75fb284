using System.Text;

namespace SeestarAlpaca.Seestar.Images;

/// <summary>The requests of the image port, one CRLF-terminated JSON line each, with the ids that the official app uses (<c>seestar-protocol.md</c> §5.7).</summary>
internal static class ImageRequest
{
    public const int GetSubId = 20;
    public const int BeginStreamingId = 21;
    public const int GetStackId = 23;

    public static readonly ReadOnlyMemory<byte> Heartbeat = Line(2, "test_connection");
    public static readonly ReadOnlyMemory<byte> BeginStreaming = Line(BeginStreamingId, "begin_streaming");
    public static readonly ReadOnlyMemory<byte> StopStreaming = Line(22, "stop_streaming");
    public static readonly ReadOnlyMemory<byte> GetSub = Line(GetSubId, "get_current_img");
    public static readonly ReadOnlyMemory<byte> GetStack = Line(GetStackId, "get_stacked_img");

    private static byte[] Line(int id, string method) => Encoding.ASCII.GetBytes($$"""{"id":{{id}},"method":"{{method}}"}""" + "\r\n");
}

/// <summary>The texts of the image port (<c>seestar-protocol.md</c> §5.3).</summary>
public static class ImageText
{
    /// <summary>The answer to a heartbeat.</summary>
    public const string Connected = "server connected!";

    /// <summary>Streaming was begun or stopped.</summary>
    public const string Done = "done";

    /// <summary>There is no live view to stream: a state to wait in, no error.</summary>
    public const string OnlyContinuous = "only available for continuous exposure";

    /// <summary>Nothing is stacked.</summary>
    public const string NoImage = "there is no image now";
}
