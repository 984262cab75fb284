using Microsoft.Extensions.Logging;
using SeestarAlpaca.Simulator.Control;
using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>
/// Starts and stops views and their stages, one after the other, in the order and with the times of <c>seestar-protocol.md</c> §3.8.
/// To be used within the agenda.
/// </summary>
internal sealed partial class ViewControl(Telescope telescope, ILogger logger) : IDisposable
{
    /// <summary>Between a command and the first event it causes, as captured.</summary>
    private const double FirstEventSeconds = 0.074;

    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private Task _changing = Task.CompletedTask;
    private volatile IStage? _stage;

    /// <summary>The view; null if there has been none since power-on.</summary>
    public Activity? View { get; private set; }

    /// <summary>What the view is mainly doing; null without a view. Safe to be read anywhere.</summary>
    public IStage? Stage => _stage;

    /// <summary>Whether a view is shown. Safe to be read anywhere.</summary>
    public bool IsShown => View is { State: "working" };

    /// <summary>The target's name in the view; <c>Unknown</c> without one.</summary>
    public string TargetName => View?.Fields.Get("target_name", "Unknown") ?? "Unknown";

    /// <summary>Shows the sky, after going to the target if there is one.</summary>
    public Task<int> StartStarAsync(SkyTarget? target, bool lightPollutionFilter, IStage? follow = null) => ChangeAsync(async cancellationToken =>
    {
        await EndViewAsync(tellEnd: false, cancellationToken);
        await telescope.DelayAsync(FirstEventSeconds, cancellationToken);
        telescope.Settings["stack_lenhance"] = lightPollutionFilter;
        var fields = new WireObject { ["mode"] = "star", ["cam_id"] = 0 };
        if (target is not null)
        {
            fields["target_ra_dec"] = new[] { target.RightAscensionHours, target.DeclinationDegrees };
            fields["target_name"] = target.Name;
        }

        Begin(fields.With(new WireObject { ["lp_filter"] = lightPollutionFilter, ["gain"] = telescope.Camera.Gain }));
        telescope.Mount.ArmClosed = false;
        Run(target is null ? new ContinuousExposure(telescope, beginsView: true) : new AutoGoto(telescope, Pointing.At(target), follow));
        return 0;
    });

    /// <summary>Shows scenery, the Sun, the Moon or a planet as video.</summary>
    /// <param name="mode">scenery or solar_sys.</param>
    /// <param name="targetType">sun, moon or planet; null for scenery.</param>
    public Task<int> StartVideoAsync(string mode, string? targetType) => ChangeAsync(async cancellationToken =>
    {
        await EndViewAsync(tellEnd: false, cancellationToken);
        await telescope.DelayAsync(FirstEventSeconds, cancellationToken);
        Begin(VideoStage.ViewFields(telescope, mode, targetType));
        telescope.Mount.ArmClosed = false;
        Run(new VideoStage(telescope));
        return 0;
    });

    /// <summary>Begins to stack.</summary>
    /// <param name="restart">Whether a new stack begins; otherwise the one before goes on.</param>
    /// <returns>0, or the code of a refusal.</returns>
    public Task<int> StartStackAsync(bool restart)
    {
        var answer = new TaskCompletionSource<int>();
        telescope.Begin(() => ChangeAsync(async cancellationToken =>
        {
            var code = _stage switch { Stacking or Initialise => ErrorCodes.AlreadyStacking, null or VideoStage => ErrorCodes.OutOfLimit, _ => 0 };
            answer.SetResult(code);
            if (code == 0)
            {
                await telescope.DelayAsync(FirstEventSeconds, cancellationToken);
                await CancelStageAsync(cancellationToken);
                Run(Initialise.Before(telescope, new Stacking(telescope, restart)));
            }

            return code;
        }));
        return answer.Task;
    }

    /// <summary>Ends the present stage and goes back to live view, if it or what it is doing has the name.</summary>
    public Task<int> StopStageAsync(string name) => ChangeAsync(async cancellationToken =>
    {
        if (IsDoing(name))
        {
            await CancelStageAsync(cancellationToken);
            if (name != ContinuousExposure.StageName)
            {
                Run(new ContinuousExposure(telescope));
            }
        }

        return 0;
    });

    /// <summary>Ends the view.</summary>
    public Task<int> StopAsync() => ChangeAsync(async cancellationToken =>
    {
        await EndViewAsync(tellEnd: true, cancellationToken);
        return 0;
    });

    /// <summary>Drops the view without a word, as when the power fails.</summary>
    public Task<int> DropAsync() => ChangeAsync(async _ =>
    {
        Cancel();
        await _running;
        (_stage, View) = (null, null);
        telescope.Milestones.Check();
        return 0;
    });

    /// <summary>Ends the view as before the telescope is switched off; afterwards there has been none.</summary>
    public Task<int> ForgetAsync() => ChangeAsync(async cancellationToken =>
    {
        await EndViewAsync(tellEnd: false, cancellationToken);
        View = null;
        return 0;
    });

    /// <summary>Does something that allows no view at the same time.</summary>
    public Task<int> WithoutViewAsync(Func<CancellationToken, Task> work) => ChangeAsync(async cancellationToken =>
    {
        await EndViewAsync(tellEnd: true, cancellationToken);
        await work(cancellationToken);
        return 0;
    });

    /// <summary>Ends the stage without telling.</summary>
    public void Dispose()
    {
        Cancel();
        _stop.Dispose();
    }

    private bool IsDoing(string name) => _stage switch
    {
        AutoGoto => name is "AutoGoto" or "ScopeGoto" or "PlateSolve",
        Initialise => name is "Initialise" or "DarkLibrary" or "AutoFocus" or "Stack",
        { } stage => name == stage.Name,
        null => false,
    };

    /// <summary>What the stage waits for ends here and now, not on another thread, so that the order of events is kept.</summary>
    private void Cancel() => _stop.Cancel();

    private void Begin(WireObject fields)
    {
        View = new Activity("View", null, telescope.Agenda, telescope.Events) { Fields = fields };
        View.Tell();
    }

    private void Run(IStage stage)
    {
        _stop = new CancellationTokenSource();
        _running = RunAsync(stage, _stop.Token);
    }

    private async Task RunAsync(IStage first, CancellationToken cancellationToken)
    {
        try
        {
            for (IStage? stage = first; stage is not null; stage = await stage.RunAsync(cancellationToken))
            {
                _stage = stage;
                telescope.Milestones.Check();
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            Log.StageFailed(logger, _stage?.Name, fault);
        }
    }

    private async Task CancelStageAsync(CancellationToken cancellationToken)
    {
        Cancel();
        await _running;
        if (_stage is { } stage)
        {
            await stage.StopAsync(cancellationToken);
        }

        _stage = null;
        telescope.Milestones.Check();
    }

    /// <summary>Ends the view and, unless another follows at once, tells that there is none.</summary>
    private async Task EndViewAsync(bool tellEnd, CancellationToken cancellationToken)
    {
        await CancelStageAsync(cancellationToken);
        if (View is { State: "working" } view)
        {
            view.End("cancel");
            if (tellEnd)
            {
                EndOfView.Tell(telescope, view);
            }

            telescope.Milestones.Check();
        }
    }

    /// <summary>Changes wait for the change before, since ending a stack takes a second.</summary>
    private async Task<int> ChangeAsync(Func<CancellationToken, Task<int>> change)
    {
        var before = _changing;
        var done = new TaskCompletionSource();
        _changing = done.Task;
        try
        {
            await before;
            telescope.Lifetime.ThrowIfCancellationRequested();
            return await change(telescope.Lifetime);
        }
        finally
        {
            done.SetResult();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The simulated telescope stopped in stage {Stage}.", EventName = nameof(StageFailed))]
        public static partial void StageFailed(ILogger logger, string? stage, Exception fault);
    }
}
