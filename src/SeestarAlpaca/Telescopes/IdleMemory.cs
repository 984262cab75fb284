using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Telescopes;

/// <summary>
/// Gives the memory of unused pictures back to the operating system when nobody has wanted pictures for as long as the image connection is kept: some
/// hundred megabytes, which a Raspberry Pi can use for other things by day.
/// </summary>
/// <param name="registry">The telescopes.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of it.</param>
internal sealed partial class IdleMemory(TelescopeRegistry registry, TimeProvider time, ILogger<IdleMemory> logger) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    /// <summary>Looks once.</summary>
    /// <returns>Samples given back.</returns>
    internal long Look()
    {
        var given = registry.Telescopes.Where(IsIdle).Sum(telescope => telescope.Trim());
        if (given > 0)
        {
            // The runtime keeps what was freed until it next collects, and an idle server gives it no reason to.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            Log.Given(logger, given * sizeof(ushort) / 1e6);
        }

        return given;
    }

    private static bool IsIdle(Telescope telescope) => telescope.Session.Demand.PicturesIdle > SeestarSession.PicturesLinger;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Nobody wants pictures; {Megabytes:F0} MB were given back.", EventName = nameof(Given))]
        public static partial void Given(ILogger logger, double megabytes);
    }
}
