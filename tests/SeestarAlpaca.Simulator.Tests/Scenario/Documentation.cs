namespace SeestarAlpaca.Simulator.Tests.Scenario;

/// <summary>The simulator's page, docs/simulator.md.</summary>
internal static class Documentation
{
    public static string[] Lines() => File.ReadAllLines(Path.Combine(Root(), "docs", "simulator.md"));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SeestarAlpaca.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
