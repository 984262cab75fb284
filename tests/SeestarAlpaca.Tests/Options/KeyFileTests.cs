using System.Security.Cryptography;
using SeestarAlpaca.Options;
using SeestarAlpaca.Tests.Support;

namespace SeestarAlpaca.Tests.Options;

public sealed class KeyFileTests
{
    [Fact]
    public void Without_a_key_file_there_is_no_key() => Assert.Null(ServerOptionsReader.ReadKey(new ServerOptions()));

    [Fact]
    public void A_private_key_is_read()
    {
        using var folder = new TemporaryFolder();
        using var rsa = RSA.Create(1024);
        File.WriteAllText(folder.File("key.pem"), rsa.ExportPkcs8PrivateKeyPem());

        var key = ServerOptionsReader.ReadKey(new ServerOptions { KeyFile = folder.File("key.pem") });

        Assert.Equal(rsa.ExportPkcs8PrivateKeyPem(), key);
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("", "cannot be used")]
    [InlineData("no key at all", "cannot be used")]
    public void A_file_that_holds_no_key_is_named_with_the_reason(string? content, string reason)
    {
        using var folder = new TemporaryFolder();
        if (content is not null)
        {
            File.WriteAllText(folder.File("key.pem"), content);
        }

        var refused = Assert.Throws<OptionsException>(() => ServerOptionsReader.ReadKey(new ServerOptions { KeyFile = folder.File("key.pem") }));

        Assert.StartsWith("KeyFile ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(folder.File("key.pem"), refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_public_key_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var rsa = RSA.Create(1024);
        File.WriteAllText(folder.File("key.pem"), rsa.ExportSubjectPublicKeyInfoPem());

        Assert.Throws<OptionsException>(() => ServerOptionsReader.ReadKey(new ServerOptions { KeyFile = folder.File("key.pem") }));
    }

    [Fact]
    public void A_folder_in_place_of_a_file_is_refused()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<OptionsException>(() => ServerOptionsReader.ReadKey(new ServerOptions { KeyFile = folder.Path }));
    }
}
