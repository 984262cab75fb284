using System.Collections.Frozen;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Telescopes;

namespace SeestarAlpaca.Simulator.Control;

/// <summary>What becomes of a request.</summary>
internal enum Admission
{
    /// <summary>It is answered.</summary>
    Answered,

    /// <summary>It is ignored without a word.</summary>
    Ignored,

    /// <summary>The connection is reset.</summary>
    Reset,
}

/// <summary>Decides for one connection which requests are answered (<c>seestar-protocol.md</c> §3.4, §3.5). To be used within the agenda.</summary>
/// <param name="telescope">Whose.</param>
/// <param name="keys">What opens it.</param>
/// <param name="random">Makes challenges.</param>
/// <param name="guest">Whether the connection is to the second listener, which answers a few questions and nothing else (§1).</param>
internal sealed class Guard(Telescope telescope, KeyPair keys, Random random, bool guest = false)
{
    private const int ChallengeLength = 32;
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private static readonly FrozenSet<string> GuestMethods =
        ["test_connection", "get_albums", "get_disk_volume", "get_img_file_page_number", "get_img_file_page_name"];

    private string? _challenge;
    private int _ignored;

    /// <summary>Whether the connection has proven that it has the key.</summary>
    public bool IsVerified { get; private set; }

    /// <summary>Whether the telescope takes commands of this connection without a key, or has been shown it.</summary>
    public bool IsOpen => IsVerified || telescope.Version.Authentication != Authentication.Rsa;

    /// <summary>Judges a request.</summary>
    public Admission Admit(Request request)
    {
        if (guest)
        {
            return GuestMethods.Contains(request.Method) ? Admission.Answered : Admission.Ignored;
        }

        var unknowns = telescope.Options.Unknowns;
        var isMarked = request.HasVerify || (IsVerified && !unknowns.VerifiedNeedsVerify);
        var isExempt = IsExempt(request.Method) && !(unknowns.LockedIgnoresHeartbeat && !IsOpen && request.Method == "test_connection");
        if (telescope.Version.Authentication == Authentication.Old || isExempt || (isMarked && IsOpen))
        {
            return Admission.Answered;
        }

        // Only locked telescopes were seen to reset a connection that goes on asking.
        return !IsOpen && ++_ignored == telescope.Options.IgnoredLinesBeforeReset ? Admission.Reset : Admission.Ignored;
    }

    /// <summary>A new text to be signed.</summary>
    public string Challenge() =>
        _challenge = string.Create(ChallengeLength, random, static (text, random) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = Letters[random.Next(Letters.Length)];
            }
        });

    /// <summary>Takes a signed challenge; false if it is not this connection's newest, or not signed with the key.</summary>
    public bool Verify(string challenge, string signature) =>
        IsVerified = challenge == _challenge && keys.Verifies(challenge, signature);

    private static bool IsExempt(string method) => method is "test_connection" or "get_verify_str" or "verify_client" or "pi_is_verified";
}
