namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>What a view is mainly doing: live view, stacking, going to a target, showing video. One at a time.</summary>
internal interface IStage
{
    /// <summary>The name in the view state.</summary>
    string Name { get; }

    /// <summary>Does it, until it is done or cancelled. A cancelled stage tells nothing.</summary>
    /// <returns>The stage that follows; null if this one stays, idle.</returns>
    Task<IStage?> RunAsync(CancellationToken cancellationToken);

    /// <summary>Tells the end of a stage that was cancelled, or stayed.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
