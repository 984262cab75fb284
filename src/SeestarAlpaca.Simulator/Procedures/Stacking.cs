using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Procedures;

/// <summary>
/// Stacking: one sub after the other, each processed while the next is exposed (<c>seestar-protocol.md</c> §3.8). When there are no
/// more subs it stays, and exposes no longer.
/// </summary>
/// <param name="telescope">Whose.</param>
/// <param name="restart">Whether a new stack begins; otherwise the one before goes on, if there is one.</param>
internal sealed class Stacking(Telescope telescope, bool restart) : IStage
{
    private readonly WireObject _fields = [];
    private readonly List<Task> _processing = [];
    private Task _solving = Task.CompletedTask;
    private Pointing _target;
    private Activity? _activity;
    private SubExposure? _exposure;

    /// <inheritdoc/>
    public string Name => "Stack";

    private StackCount Count => telescope.Stack;

    /// <inheritdoc/>
    public async Task<IStage?> RunAsync(CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken);
        while (!IsComplete())
        {
            if (MayExpose())
            {
                _processing.RemoveAll(task => task.IsCompletedSuccessfully);
                _exposure = new SubExposure(telescope, _activity!, Count.Exposed++);
                var sub = await _exposure.RunAsync(cancellationToken);
                Push(StreamingWhileStacking.Subs);
                _processing.Add(ProcessAsync(sub, cancellationToken));
                await telescope.DelayAsync(0.0015, cancellationToken);
            }
            else
            {
                await Task.WhenAll(_processing);
                _processing.Clear();
            }
        }

        await Task.WhenAll([.. _processing, _solving]);
        return null;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_activity is null)
        {
            return;
        }

        _exposure?.Interrupt();
        if (Count.Accepted > 0)
        {
            await telescope.DelayAsync(1, cancellationToken);
            _fields["jpg_name"] = SavedStack.Tell(telescope) + ".jpg";
            await telescope.DelayAsync(0.0085, cancellationToken);
        }

        _activity.End("cancel");
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        _target = telescope.Mount.Pointing;
        if (restart || Count.Total == 0)
        {
            telescope.Stack = new StackCount();
            telescope.Pictures.BeginStack(telescope.Source.Size, telescope.Settings.Child("stack").Get("drizzle2x", false) ? 2 : 1);
        }

        _activity = telescope.View.View!.Begin(Name, isStage: true, _fields);
        Tell();
        telescope.Events.Emit(Name, new WireObject { ["state"] = "start" });
        telescope.Milestones.Check();
        var turning = telescope.Wheel.Position == telescope.Wheel.Wanted ? Task.CompletedTask : telescope.Wheel.MoveAsync(telescope.Wheel.Wanted, cancellationToken);
        await telescope.DelayAsync(2.65, cancellationToken);
        await turning;
        telescope.Events.Emit("DiskSpace", new WireObject { ["used_percent"] = telescope.Device.Volume["used_percent"] });
        await telescope.DelayAsync(0.05, cancellationToken);
    }

    /// <summary>Whether every sub that there will be has been exposed.</summary>
    private bool IsComplete() => Count.Accepted >= telescope.Options.Subs || Count.Exposed >= telescope.Source.Count;

    /// <summary>Whether one more sub is wanted even if all those still in processing turn out good.</summary>
    private bool MayExpose() => Count.Accepted + _processing.Count(task => !task.IsCompleted) < (telescope.Options.Subs ?? int.MaxValue);

    private async Task ProcessAsync(ExposedSub sub, CancellationToken cancellationToken)
    {
        var began = telescope.Agenda.Now;
        await telescope.DelayAsync(3.0, 4.2, cancellationToken);
        var fault = SubFault.Of(telescope, _target, sub.Picture.Conditions);
        if (fault.Code == 0)
        {
            fault = SubFault.Of(telescope.Pictures.Add(sub.Stackable.Value));
        }

        Count.ErrorCode = fault.Code;
        if (fault.Code == 0)
        {
            Count.Accepted++;
        }
        else
        {
            Count.Dropped++;
        }

        Tell();
        TellFrame(fault, (long)(telescope.Agenda.Now - began).TotalMilliseconds);
        telescope.Milestones.Check();
        if (fault.Code == 0)
        {
            Push(StreamingWhileStacking.Stacks);
        }

        if (fault.Code == 0 && Count.Accepted == 1)
        {
            _solving = SolveAsync(sub.Picture.ImageId, cancellationToken);
        }
    }

    private void Push(StreamingWhileStacking what)
    {
        if (telescope.Options.Unknowns.StreamingWhileStacking == what)
        {
            telescope.Previews.Exposed();
        }
    }

    private async Task SolveAsync(int imageId, CancellationToken cancellationToken)
    {
        Count.CanAnnotate = await new Annotation(telescope, _activity).RunAsync(imageId, cancellationToken);
        Refresh();
    }

    private void Tell()
    {
        Refresh();
        _activity!.Tell();
    }

    private void Refresh() =>
        _fields.With(new WireObject
        {
            ["frame_errcode"] = Count.ErrorCode,
            ["stacked_frame"] = Count.Accepted,
            ["dropped_frame"] = Count.Dropped,
            ["can_annotate"] = Count.CanAnnotate,
        });

    private void TellFrame(SubFault fault, long lapse)
    {
        telescope.Events.Emit(Name, new WireObject
        {
            ["state"] = "frame_complete",
            ["frame_type"] = "light",
            ["stacked_frame"] = Count.Accepted,
            ["dropped_frame"] = Count.Dropped,
            ["total_frame"] = Count.Total,
            ["error"] = fault.Text,
            ["lapse_ms"] = lapse,
            ["code"] = fault.Code,
        });
        if (fault.Code != 0)
        {
            telescope.Events.Emit("Alert", new WireObject { ["error"] = fault.Text, ["code"] = fault.Code });
        }
    }
}
