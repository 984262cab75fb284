using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SeestarAlpaca.Benchmarks.Support;

/// <summary>The program as a process of its own, as a user runs it; it is ended with this object.</summary>
internal sealed partial class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly string? _data;

    private ChildProcess(Process process, string? data) => (_process, _data) = (process, data);

    /// <summary>Resident memory in megabytes (10⁶ bytes).</summary>
    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Processor time since it was started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a simulated telescope.</summary>
    /// <returns>The process, and the telescope's address as the server takes it.</returns>
    public static async Task<(ChildProcess Process, string Address)> SimulateAsync(params string[] options)
    {
        string[] ports = ["--control-port", "0", "--image-port", "0", "--wide-port", "0", "--rtsp-port", "0", "--wide-rtsp-port", "0"];
        var (process, match) = await StartAsync(TelescopeLine(), null, ["simulate", .. ports, .. options]);
        return (process, match.Groups["address"].Value);
    }

    /// <summary>Starts a server on loopback that knows telescopes and looks for no others.</summary>
    /// <returns>The process, and its port.</returns>
    public static async Task<(ChildProcess Process, int Port)> ServeAsync(IEnumerable<string> telescopes)
    {
        var data = Directory.CreateTempSubdirectory("seestaralpaca-benchmark-").FullName;
        string[] options = ["serve", "--loopback-only", "--discovery-port", "0", "--port", "0", "--data", data];
        var (process, match) = await StartAsync(ServerLine(), data, [.. options, .. telescopes.SelectMany(address => new[] { "--telescope", address })]);
        return (process, int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        if (_data is not null)
        {
            Directory.Delete(_data, recursive: true);
        }
    }

    private static async Task<(ChildProcess Process, Match Match)> StartAsync(Regex announcement, string? data, IEnumerable<string> arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "SeestarAlpaca.dll");
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet", [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["SEESTARALPACA_FindTelescopes"] = "false" },
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (announcement.Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return (new ChildProcess(process, data), match);
            }
        }

        throw new InvalidOperationException($"'{string.Join(' ', start.ArgumentList)}' ended before it was ready.");
    }

    [GeneratedRegex("--telescope \"(?<address>.*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TelescopeLine();

    [GeneratedRegex(@"is at http://[^:]+:(?<port>\d+)/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ServerLine();
}
