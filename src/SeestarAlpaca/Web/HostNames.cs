using System.Net;

namespace SeestarAlpaca.Web;

/// <summary>
/// Which names the pages may be asked for under. A web page elsewhere that points a name of its own at this machine (DNS rebinding) thus gets
/// nothing. Pure.
/// </summary>
internal static class HostNames
{
    private static readonly string[] LocalSuffixes = [".local", ".lan", ".home.arpa"];

    /// <summary>Whether a request's Host is an address, this machine, a local name, or one of the allowed names.</summary>
    /// <param name="host">Without the port.</param>
    /// <param name="machine">This machine's name.</param>
    /// <param name="allowed">Further names, lower case.</param>
    public static bool IsAllowed(string host, string machine, IReadOnlyList<string> allowed)
    {
        var name = host.TrimEnd('.').ToLowerInvariant();
        return name.Length > 0
            && (IPAddress.TryParse(name.Trim('[', ']'), out _)
                || !name.Contains('.', StringComparison.Ordinal)
                || name.Equals(machine, StringComparison.OrdinalIgnoreCase)
                || Array.Exists(LocalSuffixes, suffix => name.EndsWith(suffix, StringComparison.Ordinal))
                || allowed.Contains(name));
    }
}
