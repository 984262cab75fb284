using System.Diagnostics;
using System.Text;

namespace SeestarAlpaca.Imaging.Tests.Programs;

/// <summary>Runs a program that is not ours to its end. The test is skipped where it is not installed.</summary>
internal static class OtherProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>What a program writes to its standard output. It must end with 0 and write no error.</summary>
    public static async Task<byte[]> RunAsync(string program, string[] arguments, byte[]? input = null)
    {
        var (output, errors, code) = await RunToEndAsync(Find(program), arguments, input);
        Assert.True(code == 0, $"{program} ended with {code}: {errors}{Encoding.Latin1.GetString(output)}");
        Assert.True(errors.Length == 0, $"{program} wrote: {errors}");
        return output;
    }

    /// <summary>The same as text.</summary>
    public static async Task<string> TextAsync(string program, params string[] arguments) => Encoding.UTF8.GetString(await RunAsync(program, arguments));

    /// <summary>Runs a script with Debian's Python, which has astropy.</summary>
    public static async Task<byte[]> PythonAsync(string script, params string[] arguments)
    {
        const string Python = "/usr/bin/python3";
        if (!File.Exists(Python) || (await RunToEndAsync(Python, ["-c", "import astropy"], null)).Code != 0)
        {
            TestData.Skip($"There is no astropy for {Python}.");
        }

        return await RunAsync(Python, ["-W", "error", "-c", script, .. arguments]);
    }

    private static string Find(string program)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Append(string.Empty).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            TestData.Skip($"There is no {program} in PATH.");
        }

        return path!;
    }

    private static async Task<(byte[] Output, string Errors, int Code)> RunToEndAsync(string program, string[] arguments, byte[]? input)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            using var output = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, patience.Token);
            await process.StandardInput.BaseStream.WriteAsync(input ?? [], patience.Token);
            process.StandardInput.Close();
            await reading;
            await process.WaitForExitAsync(patience.Token);
            return (output.ToArray(), await errors, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
