using System.Net;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Discovery;

/// <summary>Whom to ask, and how.</summary>
internal sealed record DiscoverySettings
{
    /// <summary>Alpaca's discovery port.</summary>
    public const int DefaultPort = 32227;

    /// <summary>Counts what ConformU's users would not notice.</summary>
    public bool Strict { get; init; }

    /// <summary>The only address that is asked; null asks every network of this machine.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>UDP port.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>How long an answer may take; default 2 s, as clients wait.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long to listen where nothing, or nothing more, must come; default 1 s.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>What the checks of discovery share.</summary>
internal sealed class DiscoveryRun(DiscoverySettings settings, Judge judge, TimeProvider time)
{
    public DiscoverySettings Settings => settings;

    public Judge Judge => judge;

    public TimeProvider Time => time;

    /// <summary>Servers that answered, by address and the port that they told.</summary>
    public Dictionary<IPEndPoint, IPAddress> Servers { get; } = [];

    /// <summary>Where requests go.</summary>
    public IReadOnlyList<IPEndPoint> Targets { get; } =
        [.. (settings.Address is { } address ? [address] : DiscoveryTargets.OfThisMachine()).Select(target => new IPEndPoint(target, settings.Port))];

    /// <summary>Asks all targets at once.</summary>
    public async Task<IReadOnlyList<(IPEndPoint Target, IReadOnlyList<Reply> Replies)>> AskAsync(
        ReadOnlyMemory<byte> datagram, int enough, TimeSpan window, CancellationToken cancellationToken)
    {
        var asked = Targets.Select(async target => (target, await Probe.AskAsync(target, datagram, enough, window, time, cancellationToken)));
        return await Task.WhenAll(asked);
    }
}
