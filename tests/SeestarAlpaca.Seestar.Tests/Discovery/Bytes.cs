using System.Text;

namespace SeestarAlpaca.Seestar.Tests.Discovery;

/// <summary>Byte tables that can be read: <c>07 'seestar' 05 'local' 00</c> is hexadecimal, and ASCII text in quotes.</summary>
internal static class Bytes
{
    public static byte[] Of(string table)
    {
        var bytes = new List<byte>();
        foreach (var token in table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            bytes.AddRange(token.StartsWith('\'') ? Encoding.ASCII.GetBytes(token.Trim('\'')) : Convert.FromHexString(token));
        }

        return [.. bytes];
    }
}
