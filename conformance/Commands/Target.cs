namespace SeestarAlpaca.Conformance.Commands;

/// <summary>What the user named: a server, or one camera of it.</summary>
/// <param name="Server">Scheme, host and port.</param>
/// <param name="Camera">The camera's number; null when only the server was named.</param>
internal sealed record Target(Uri Server, uint? Camera)
{
    private const string Right = "write http://HOST:PORT, or http://HOST:PORT/api/v1/camera/NUMBER";

    /// <summary>Reads an address.</summary>
    /// <returns>The target, or what is wrong with it.</returns>
    public static (Target? Target, string? Problem) Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return (null, $"'{text}' is no HTTP address; {Right}.");
        }

        var server = new Uri(address.GetLeftPart(UriPartial.Authority));
        string[] parts = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            [] => (new Target(server, null), null),
            ["api", "v1", "camera", var number] when uint.TryParse(number, out var camera) => (new Target(server, camera), null),
            _ => (null, $"'{address.AbsolutePath}' names no camera; {Right}."),
        };
    }

    /// <summary>The address of a camera.</summary>
    public Uri Device(uint camera) => new(Server, $"/api/v1/camera/{camera}");
}
