namespace SeestarAlpaca.Options;

/// <summary>The folder that holds the server's state, locked against a second server for as long as this object lives.</summary>
public sealed class DataDirectory : IDisposable
{
    /// <summary>How Windows, Linux and macOS say that another process holds the file.</summary>
    private static readonly int[] LockedByAnother = [unchecked((int)0x80070020), 11, 35];

    private readonly FileStream _lock;
    private readonly bool _temporary;

    private DataDirectory(string path, FileStream held, bool temporary) => (Path, _lock, _temporary) = (path, held, temporary);

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>Opens the folder that the options name, else <c>STATE_DIRECTORY</c>, else the user's application directory; makes it if need be.</summary>
    /// <exception cref="OptionsException">It cannot be used, or another server uses it.</exception>
    public static DataDirectory Open(ServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var temporary = options is { Demo: true, Data: null };
        var path = System.IO.Path.GetFullPath(temporary ? Directory.CreateTempSubdirectory("SeestarAlpaca-").FullName : options.Data ?? Default());
        try
        {
            Directory.CreateDirectory(path);
            return new DataDirectory(path, Lock(path), temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OptionsException($"The data folder {path} cannot be used: {exception.Message} Choose another with --data.");
        }
    }

    /// <summary>The full path of a file in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        if (!_temporary)
        {
            return;
        }

        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody looks into it; the system clears its temporary folder anyway.
        }
    }

    private static string Default() =>
        Environment.GetEnvironmentVariable("STATE_DIRECTORY") is { Length: > 0 } state
            ? state.Split(OperatingSystem.IsWindows() ? ';' : ':')[0]
            : System.IO.Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "SeestarAlpaca");

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (LockedByAnother.Contains(exception.HResult))
        {
            throw new OptionsException($"Another server uses the data folder {path}. Stop it, or choose another folder with --data.");
        }
    }
}
