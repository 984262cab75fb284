using System.Net;
using SeestarAlpaca.Seestar.Recording;

namespace SeestarAlpaca.Simulator.Recordings;

/// <summary>Which recording is played as a telescope, and where.</summary>
public sealed record RecordedTelescopeOptions
{
    /// <summary>The recording, as <see cref="TrafficRecorder"/> makes it.</summary>
    public required string File { get; init; }

    /// <summary>Seconds of the recording in one second; 0.1 to 1000, default 1.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>The address to listen on; default 127.0.0.1.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>TCP port of control (4700 on a telescope); 0 takes a free one.</summary>
    public int ControlPort { get; init; }

    /// <summary>TCP port of telephoto pictures (4800 on a telescope); 0 takes a free one.</summary>
    public int ImagePort { get; init; }

    /// <summary>TCP port of wide pictures (4804 on a telescope); 0 takes a free one. Ignored where the recording has none.</summary>
    public int WidePort { get; init; }

    /// <summary>Real time without input after which a connection is closed; default 16 s, <see cref="Timeout.InfiniteTimeSpan"/> for never.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromSeconds(16);

    /// <summary>Records what passes; null, the default, for nothing.</summary>
    public TrafficRecorder? Recorder { get; init; }

    internal static void RequireValid(RecordedTelescopeOptions options)
    {
        if (!(options.TimeScale is >= 0.1 and <= 1000))
        {
            throw new ArgumentException($"TimeScale is from 0.1 to 1000, not {options.TimeScale}.", nameof(options));
        }

        foreach (var port in (int[])[options.ControlPort, options.ImagePort, options.WidePort])
        {
            if (port is < 0 or > IPEndPoint.MaxPort)
            {
                throw new ArgumentException($"A port is from 0 to 65535, not {port}.", nameof(options));
            }
        }
    }
}
