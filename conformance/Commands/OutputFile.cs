namespace SeestarAlpaca.Conformance.Commands;

/// <summary>Files that are written at the end of a run, which may have taken minutes.</summary>
internal static class OutputFile
{
    /// <summary>Tries whether a file can be written, and leaves it as it was.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="file">Null for none.</param>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Check(string option, FileInfo? file)
    {
        if (file is null)
        {
            return;
        }

        try
        {
            var isNew = !File.Exists(file.FullName);
            using (new FileStream(file.FullName, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite))
            {
                // Opened is all that is asked.
            }

            if (isNew)
            {
                File.Delete(file.FullName);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option} {file.FullName} cannot be written: {exception.Message.TrimEnd('.')}; name a file in a folder that is there and that you may write to.");
        }
    }
}
