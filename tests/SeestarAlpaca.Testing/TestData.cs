using Xunit;

namespace SeestarAlpaca.Testing;

/// <summary>Where tests find what they need, and what happens when it is not there.</summary>
public static class TestData
{
    /// <summary>Set by the gate: what would be skipped fails instead.</summary>
    private const string NothingMayBeMissing = "SEESTAR_TEST_REQUIRE_ALL";

    /// <summary>The folder with the big recorded data.</summary>
    private const string Folder = "SEESTAR_TEST_DATA";

    /// <summary>A file or folder of the big recorded data; the test is skipped where it is not to be had.</summary>
    public static string Recorded(string relativePath)
    {
        var folder = Environment.GetEnvironmentVariable(Folder);
        if (string.IsNullOrEmpty(folder))
        {
            Skip($"{Folder} does not name the folder with the recorded data.");
        }

        var path = Path.Combine(folder!, relativePath);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Skip($"There is no {relativePath} in {folder}.");
        }

        return path;
    }

    /// <summary>Skips the test with a reason, or fails it where nothing may be missing.</summary>
    public static void Skip(string reason)
    {
        if (Environment.GetEnvironmentVariable(NothingMayBeMissing) == "1")
        {
            Assert.Fail($"{NothingMayBeMissing} is set, and this test would have been skipped: {reason}");
        }

        Assert.Skip(reason);
    }
}
