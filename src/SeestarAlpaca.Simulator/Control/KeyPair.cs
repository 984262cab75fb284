using System.Security.Cryptography;
using System.Text;

namespace SeestarAlpaca.Simulator.Control;

/// <summary>A key pair made at start, in place of the telescope maker's: whoever has the private key may command.</summary>
internal sealed class KeyPair : IDisposable
{
    /// <summary>The length of real keys (<c>seestar-protocol.md</c> §3.4). It protects nothing here.</summary>
    private const int Bits = 1024;

    private readonly RSA _key = RSA.Create(Bits);

    /// <summary>The private key as PEM, as a user would supply it.</summary>
    public string PrivateKeyPem => _key.ExportRSAPrivateKeyPem();

    /// <summary>Whether a text was signed (RSA PKCS#1 v1.5 with SHA-1) with the private key.</summary>
    /// <param name="text">The challenge.</param>
    /// <param name="signature">In base64.</param>
    public bool Verifies(string text, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && _key.VerifyData(Encoding.UTF8.GetBytes(text), bytes.AsSpan(0, length), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
