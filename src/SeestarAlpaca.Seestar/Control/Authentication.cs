using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SeestarAlpaca.Seestar.Control;

/// <summary>What a connection to the control port may do (<c>seestar-protocol.md</c> §3.4).</summary>
public enum Access
{
    /// <summary>Not found out yet.</summary>
    Unknown,

    /// <summary>Firmware before 7.18: commands work without a key.</summary>
    Unlocked,

    /// <summary>Commands are locked and no key was given: events and pictures only.</summary>
    Spectator,

    /// <summary>The key was accepted.</summary>
    Verified,

    /// <summary>The telescope refused the key, or it is none; as a spectator otherwise.</summary>
    KeyRefused,
}

/// <summary>Finds out, and where a key is given opens, what a new connection may do.</summary>
/// <param name="privateKeyPem">The user's RSA private key; null to stay a spectator on locked firmware. No key ships with the program.</param>
public sealed class Authentication(string? privateKeyPem)
{
    /// <summary>
    /// How long a challenge may take: about 10 s were seen while stacking, and a client that is silent for 15 s is dropped
    /// (<c>seestar-protocol.md</c> §3.2).
    /// </summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(12);

    /// <summary>Goes through the handshake once for a connection.</summary>
    /// <exception cref="IOException">The connection ended.</exception>
    public async Task<Access> OpenAsync(ControlConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        string? challenge;
        try
        {
            var reply = await connection.RequestAsync("get_verify_str", "verify", Timeout, cancellationToken);
            challenge = reply.Text("str");
        }
        catch (TelescopeException exception) when (exception.Code == TelescopeException.MethodNotFound)
        {
            return Access.Unlocked;
        }
        catch (Exception exception) when (exception is TelescopeException or TimeoutException)
        {
            return Access.Spectator;
        }

        if (challenge is null || privateKeyPem is null)
        {
            return Access.Spectator;
        }

        try
        {
            await connection.RequestAsync(
                "verify_client", new JsonObject { ["sign"] = Sign(challenge), ["data"] = challenge }, Timeout, cancellationToken);
            return Access.Verified;
        }
        catch (Exception exception) when (exception is TelescopeException or TimeoutException or CryptographicException or ArgumentException)
        {
            return Access.KeyRefused;
        }
    }

    /// <summary>Whether a text is a private key that <see cref="Sign"/> can use; if not, why.</summary>
    public static string? Problem(string pem)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            _ = rsa.SignData([], HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
            return null;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return $"It is no RSA private key in PEM form: {exception.Message}";
        }
    }

    private string Sign(string challenge)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(privateKeyPem);
#pragma warning disable CA5350 // The telescope verifies RSA PKCS#1 v1.5 signatures over SHA-1 and no others.
        return Convert.ToBase64String(rsa.SignData(Encoding.UTF8.GetBytes(challenge), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));
#pragma warning restore CA5350
    }
}
