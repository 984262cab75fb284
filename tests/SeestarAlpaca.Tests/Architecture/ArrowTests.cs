using System.Reflection;
using System.Xml.Linq;

namespace SeestarAlpaca.Tests.Architecture;

/// <summary>Which part of the house may know which other one: design.md §2.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["SeestarAlpaca.Imaging"] = [],
        ["SeestarAlpaca.Seestar"] = ["SeestarAlpaca.Imaging"],
        ["SeestarAlpaca.Alpaca"] = [],
        ["SeestarAlpaca.Simulator"] = ["SeestarAlpaca.Imaging", "SeestarAlpaca.Seestar"],
        ["SeestarAlpaca"] = ["SeestarAlpaca.Alpaca", "SeestarAlpaca.Imaging", "SeestarAlpaca.Seestar", "SeestarAlpaca.Simulator"],
    };

    public static TheoryData<string> Projects => [.. Arrows.Keys];

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "SeestarAlpaca.sln")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the project's folder.");
            }

            return folder.FullName;
        }
    }

    [Fact]
    public void There_are_the_projects_that_the_arrows_are_about() =>
        Assert.Equal(Arrows.Keys.Order(), Directory.GetDirectories(Path.Combine(Root, "src")).Select(Path.GetFileName).Order());

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_to_those_that_it_may_know(string project)
    {
        var file = XDocument.Load(Path.Combine(Root, "src", project, $"{project}.csproj"));

        var references = file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.Equal(Arrows[project], references.Order());
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void An_assembly_uses_those_that_it_may_know(string project)
    {
        var used = References(project).Where(name => name.StartsWith("SeestarAlpaca", StringComparison.Ordinal));

        Assert.Subset(Arrows[project].ToHashSet(), used.ToHashSet());
    }

    [Theory]
    [InlineData("SeestarAlpaca.Imaging")]
    [InlineData("SeestarAlpaca.Seestar")]
    [InlineData("SeestarAlpaca.Simulator")]
    public void Only_the_server_and_Alpaca_know_ASPNET(string project) =>
        Assert.DoesNotContain(References(project), name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void Imaging_knows_no_network() =>
        Assert.DoesNotContain(References("SeestarAlpaca.Imaging"), name => name.StartsWith("System.Net", StringComparison.Ordinal));

    [Fact]
    public void Imaging_names_no_files()
    {
        var sources = Directory.GetFiles(Path.Combine(Root, "src", "SeestarAlpaca.Imaging"), "*.cs", SearchOption.AllDirectories);

        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.DoesNotMatch(@"\b(File|Directory|FileInfo|FileStream|Path)\s*[.(]", File.ReadAllText(source)));
    }

    private static IEnumerable<string> References(string project) => Assembly.Load(project).GetReferencedAssemblies().Select(reference => reference.Name!);
}
