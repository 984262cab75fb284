using SeestarAlpaca.Simulator.Procedures;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control.Commands;

/// <summary>The focuser (<c>seestar-protocol.md</c> §4.7).</summary>
internal static class FocuserCommands
{
    public static readonly Dictionary<string, CommandHandler> Table = new()
    {
        ["get_focuser_position"] = Handle.Tell(call => call.Flag("ret_obj") ? Step(call.Telescope.Focuser.Step) : call.Telescope.Focuser.Step),
        ["move_focuser"] = Handle.With(Move),
        ["stop_focuser"] = Handle.Accepted,
        ["reset_factory_focal_pos"] = Handle.With(Reset),
        ["start_auto_focuse"] = Handle.With(Focus),
        ["stop_auto_focuse"] = Handle.With(StopFocus),
    };

    private static WireObject Step(long step) => new() { ["step"] = step };

    private static Answer Move(Call call)
    {
        var step = call.Number("step");
        if (step < 0 || step > call.Telescope.Focuser.MaxStep)
        {
            return Answer.Of(ErrorCodes.OutOfLimit);
        }

        call.Telescope.Begin(() => call.Telescope.Focuser.MoveAsync((long)step, null, call.Telescope.Lifetime));
        return call.Flag("ret_step") ? new Answer(Step((long)step), CausesEvent: true) : Answer.Begun;
    }

    private static Answer Reset(Call call)
    {
        call.Telescope.Settings["focal_pos"] = call.Telescope.Settings["factory_focal_pos"];
        return Answer.Done;
    }

    private static Answer Focus(Call call)
    {
        var view = call.Telescope.View;
        var focus = new AutoFocus(call.Telescope, view.IsShown ? view.View : null, isStage: false);
        return call.Telescope.Focusing.TryBegin(focus.RunAsync, focus.Abort) ? Answer.Begun : Answer.Of(ErrorCodes.IsMoving);
    }

    private static Answer StopFocus(Call call)
    {
        call.Telescope.Focusing.Stop();
        return Answer.Done;
    }
}
