namespace SeestarAlpaca.Conformance.Http;

/// <summary>Says why a server did not answer, and what to check.</summary>
internal static class Unreachable
{
    /// <summary>One sentence, with the address.</summary>
    /// <param name="server">Scheme, host and port.</param>
    /// <param name="reason">What the system says of it.</param>
    public static string Tell(Uri server, HttpRequest request, HttpRequestError error, string reason) =>
        $"{request.At(server)}: {reason.TrimEnd('.')}; {Advice(server, error)}.";

    private static string Advice(Uri server, HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => $"check the host name {server.Host}",
        HttpRequestError.ConnectionError => $"check that the server runs, and that {server.Host} and port {server.Port} are its own",
        HttpRequestError.SecureConnectionError =>
            $"check that port {server.Port} of {server.Host} speaks https with a certificate that this machine trusts; Alpaca servers mostly speak http",
        _ => $"check that port {server.Port} of {server.Host} is an Alpaca server's and speaks {server.Scheme}",
    };
}
