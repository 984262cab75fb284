namespace SeestarAlpaca.Imaging.Tests.Programs;

/// <summary>A folder for files that other programs read, gone when the test is over.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seestar-pictures-");

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, Action<Stream> write)
    {
        var path = Path.Combine(_folder.FullName, name);
        using var file = File.Create(path);
        write(file);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
