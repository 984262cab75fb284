using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace SeestarAlpaca.Tests.Support;

/// <summary>The program as a user starts it, in a process of its own. What is left of it in the end is killed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int Sigterm = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();
    private readonly Task _reading;
    private readonly Task<string> _errors;

    private ServerProcess(Process process)
    {
        _process = process;
        _reading = ReadAsync();
        _errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ServerProcess Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "SeestarAlpaca.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Remove("STATE_DIRECTORY");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new ServerProcess(Process.Start(start)!);
    }

    /// <summary>Runs the program until it ends by itself.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var process = Start(arguments, environment);
        return await process.EndAsync();
    }

    /// <summary>Waits for a line of output.</summary>
    public async Task<string> LineAsync(string part)
    {
        while (true)
        {
            var line = await _output.Reader.ReadAsync(Token).AsTask().WaitAsync(Patience, Token);
            if (line.Contains(part, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    /// <summary>Asks the process to end, as a service manager does.</summary>
    public void Terminate() => Assert.Equal(0, Kill(_process.Id, Sigterm));

    /// <summary>Waits for the end.</summary>
    public async Task<(int Code, string Output, string Errors)> EndAsync()
    {
        await _process.WaitForExitAsync(Token).WaitAsync(Patience, Token);
        await _reading;
        var output = new List<string>();
        while (_output.Reader.TryRead(out var line))
        {
            output.Add(line);
        }

        return (_process.ExitCode, string.Join('\n', output), await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            _output.Writer.TryWrite(line);
        }

        _output.Writer.Complete();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
