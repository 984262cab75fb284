using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Tests.Wire;

namespace SeestarAlpaca.Seestar.Tests.Control;

public class AuthenticationTests
{
    private static readonly RSA Key = RSA.Create(1024);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Old_firmware_does_not_know_the_question_and_is_unlocked()
    {
        var (access, asked) = await OpenAsync(null, (_, _) => Telescopes.NotFound);

        Assert.Equal(Access.Unlocked, access);
        Assert.Equal(["get_verify_str"], asked);
    }

    [Fact]
    public async Task Locked_firmware_without_a_key_is_watched_and_asked_nothing_more()
    {
        var (access, asked) = await OpenAsync(null, (_, _) => Telescopes.Challenge);

        Assert.Equal(Access.Spectator, access);
        Assert.Equal(["get_verify_str"], asked);
    }

    [Fact]
    public async Task The_right_key_signs_the_challenge_and_is_accepted()
    {
        JsonNode? sent = null;
        var (access, _) = await OpenAsync(Key.ExportRSAPrivateKeyPem(), (method, parameters) =>
        {
            sent = method == "verify_client" ? parameters : sent;
            return method == "verify_client" ? Telescopes.Done : Telescopes.Challenge;
        });

        Assert.Equal(Access.Verified, access);
        Assert.Equal("challenge-1234", sent!["data"]!.GetValue<string>());
        Assert.True(IsSignature(sent["sign"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_key_in_PKCS8_form_is_as_good()
    {
        var (access, _) = await OpenAsync(
            Key.ExportPkcs8PrivateKeyPem(), (method, _) => method == "verify_client" ? "\"result\":0" : Telescopes.Challenge);

        Assert.Equal(Access.Verified, access);
    }

    [Fact]
    public async Task A_wrong_key_is_refused()
    {
        var (access, _) = await OpenAsync(
            Key.ExportRSAPrivateKeyPem(), (method, _) => method == "verify_client" ? "\"error\":\"fail to operate\",\"code\":207" : Telescopes.Challenge);

        Assert.Equal(Access.KeyRefused, access);
    }

    [Fact]
    public async Task A_signature_that_is_never_answered_is_a_refused_key()
    {
        var (access, _) = await OpenAsync(Key.ExportRSAPrivateKeyPem(), (method, _) => method == "verify_client" ? null : Telescopes.Challenge);

        Assert.Equal(Access.KeyRefused, access);
    }

    [Theory]
    [InlineData("no key at all")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----")]
    public async Task A_text_that_is_no_key_is_a_refused_key_not_a_crash(string pem)
    {
        var (access, asked) = await OpenAsync(pem, (_, _) => Telescopes.Challenge);

        Assert.Equal(Access.KeyRefused, access);
        Assert.Equal(["get_verify_str"], asked);
    }

    [Fact]
    public async Task A_public_key_alone_is_a_refused_key()
    {
        var (access, _) = await OpenAsync(Key.ExportSubjectPublicKeyInfoPem(), (_, _) => Telescopes.Challenge);

        Assert.Equal(Access.KeyRefused, access);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("\"error\":\"fail to operate\",\"code\":207")]
    [InlineData("\"result\":true,\"code\":0")]
    public async Task No_answer_or_one_that_means_nothing_makes_a_spectator(string? body)
    {
        var (access, _) = await OpenAsync(Key.ExportRSAPrivateKeyPem(), (_, _) => body);

        Assert.Equal(Access.Spectator, access);
    }

    [Fact]
    public void A_key_is_checked_before_it_is_used()
    {
        Assert.Null(Authentication.Problem(Key.ExportRSAPrivateKeyPem()));
        Assert.Null(Authentication.Problem(Key.ExportPkcs8PrivateKeyPem()));
        Assert.Contains("no RSA private key in PEM form", Authentication.Problem("nonsense"), StringComparison.Ordinal);
        Assert.Contains("no RSA private key in PEM form", Authentication.Problem(Key.ExportRSAPublicKeyPem()), StringComparison.Ordinal);
    }

    private static bool IsSignature(string sign) => Key.VerifyData(
        Encoding.UTF8.GetBytes("challenge-1234"), Convert.FromBase64String(sign), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

    /// <summary>Goes through the handshake while events come in between; the clock runs to the timeout where no answer comes.</summary>
    private static async Task<(Access Access, string[] Asked)> OpenAsync(string? pem, Answers answers)
    {
        var clock = new ManualTimeProvider();
        var pair = new StreamPair();
        var events = 0;
        var ignored = Channel.CreateUnbounded<string>();
        var telescope = new FakeControlPort(pair.Telescope, AnswerOrNote).Start();
        var connection = new ControlConnection(pair.Client, _ => events++, clock, NullLogger.Instance);
        var running = connection.RunAsync(Token);
        await telescope.SendAsync("""{"Event":"Version","firmware_ver_int":2718,"firmware_ver_string":"7.18"}""");

        var opening = new Authentication(pem).OpenAsync(connection, Token);
        await telescope.SendAsync("""{"Event":"PiStatus","temp":50.0}""");
        while (await Task.WhenAny(opening, ignored.Reader.WaitToReadAsync(Token).AsTask()) != opening)
        {
            ignored.Reader.TryRead(out _);
            await clock.AdvanceToNextTimerAsync(Authentication.Timeout, Token);
        }

        var access = await opening;
        telescope.Close();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await connection.DisposeAsync();
        Assert.Equal(2, events);
        return (access, [.. await telescope.Requests.ReadAllAsync(Token).Select(request => request["method"]!.GetValue<string>()).ToArrayAsync(Token)]);

        string? AnswerOrNote(string method, JsonNode? parameters)
        {
            var answer = answers(method, parameters);
            if (answer is null)
            {
                ignored.Writer.TryWrite(method);
            }

            return answer;
        }
    }
}
