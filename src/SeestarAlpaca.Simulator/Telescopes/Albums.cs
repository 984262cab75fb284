using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Telescopes;

/// <summary>What is on the telescope's disk: the stacks that were saved, in a folder for each target (<c>seestar-protocol.md</c> §4.9). To be used within the agenda.</summary>
internal sealed class Albums
{
    /// <summary>The folder of all folders.</summary>
    public const string Root = "MyWorks";

    /// <summary>Names on a page of a folder.</summary>
    private const int PageLength = 100;

    private readonly OrderedDictionary<string, List<string>> _folders = [];

    /// <summary>Keeps a stack.</summary>
    /// <param name="target">The folder.</param>
    /// <param name="name">The name without ending.</param>
    public void Add(string target, string name)
    {
        if (!_folders.TryGetValue(target, out var names))
        {
            _folders[target] = names = [];
        }

        names.Add(name);
    }

    /// <summary>All folders.</summary>
    public WireObject ToWire() => new()
    {
        ["path"] = Root,
        ["list"] = _folders.Count == 0 ? [] : new object[] { new WireObject { ["group_name"] = "DeepSky", ["files"] = _folders.Select(Folder).ToArray() } },
    };

    /// <summary>How many pages a folder has.</summary>
    public int Pages(string folder) => (Names(folder).Count + PageLength - 1) / PageLength;

    /// <summary>A page of a folder; empty beyond its last.</summary>
    /// <param name="folder">Its name.</param>
    /// <param name="page">From 0.</param>
    public object[] Page(string folder, int page) =>
        [.. Names(folder).Skip(page * PageLength).Take(PageLength).Select(name => new WireObject { ["name"] = name + ".jpg", ["size_k"] = 640 })];

    private static WireObject Folder(KeyValuePair<string, List<string>> folder) => new()
    {
        ["name"] = folder.Key,
        ["thn"] = $"{folder.Key}/{folder.Value[^1]}_thn.jpg",
        ["count"] = folder.Value.Count,
        ["type"] = 0,
    };

    private List<string> Names(string folder) =>
        _folders.GetValueOrDefault(folder.StartsWith(Root + "/", StringComparison.Ordinal) ? folder[(Root.Length + 1)..] : folder, []);
}
