using SeestarAlpaca.Options;
using SeestarAlpaca.Tests.Support;

namespace SeestarAlpaca.Tests.Options;

/// <summary>In one class, and so one after the other: some set a variable of the process.</summary>
public sealed class DataDirectoryTests
{
    private const string StateDirectory = "STATE_DIRECTORY";

    [Fact]
    public void A_second_server_is_refused_the_folder_of_the_first()
    {
        using var folder = new TemporaryFolder();
        using var first = DataDirectory.Open(new ServerOptions { Data = folder.Path });

        var refused = Assert.Throws<OptionsException>(() => DataDirectory.Open(new ServerOptions { Data = folder.Path }));

        Assert.Contains("Another server", refused.Message, StringComparison.Ordinal);
        Assert.Contains(folder.Path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_is_free_again_when_the_first_server_has_ended()
    {
        using var folder = new TemporaryFolder();
        DataDirectory.Open(new ServerOptions { Data = folder.Path }).Dispose();

        using var second = DataDirectory.Open(new ServerOptions { Data = folder.Path });

        Assert.Equal(folder.Path, second.Path);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_made_and_stays()
    {
        using var folder = new TemporaryFolder();
        using (var data = DataDirectory.Open(new ServerOptions { Data = folder.File("deep/deeper") }))
        {
            Assert.Equal(Path.Combine(folder.Path, "deep", "deeper", "telescopes.json"), data.File("telescopes.json"));
        }

        Assert.True(Directory.Exists(folder.File("deep/deeper")));
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_told_with_a_remedy()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("taken"), string.Empty);

        var refused = Assert.Throws<OptionsException>(() => DataDirectory.Open(new ServerOptions { Data = folder.File("taken") }));

        Assert.Contains("cannot be used", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":/var/lib/other")]
    public void STATE_DIRECTORY_is_used_where_no_folder_is_named_and_the_first_one_of_several(string more)
    {
        using var folder = new TemporaryFolder();
        var before = Environment.GetEnvironmentVariable(StateDirectory);
        Environment.SetEnvironmentVariable(StateDirectory, folder.Path + more);
        try
        {
            using var data = DataDirectory.Open(new ServerOptions());
            Assert.Equal(folder.Path, data.Path);
        }
        finally
        {
            Environment.SetEnvironmentVariable(StateDirectory, before);
        }
    }

    [Fact]
    public void The_demo_leaves_nothing_behind()
    {
        string path;
        using (var data = DataDirectory.Open(new ServerOptions { Demo = true }))
        {
            path = data.Path;
            File.WriteAllText(data.File("telescopes.json"), "{}");
            Assert.StartsWith(Path.GetTempPath(), path, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void A_demo_with_a_folder_of_its_own_keeps_it()
    {
        using var folder = new TemporaryFolder();

        DataDirectory.Open(new ServerOptions { Demo = true, Data = folder.Path }).Dispose();

        Assert.True(Directory.Exists(folder.Path));
    }
}
