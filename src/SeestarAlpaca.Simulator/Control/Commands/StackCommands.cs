using SeestarAlpaca.Simulator.Procedures;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control.Commands;

/// <summary>The stack itself and what old firmware keeps of it (<c>seestar-protocol.md</c> §4.4, §4.5).</summary>
internal static class StackCommands
{
    public static readonly Dictionary<string, CommandHandler> Table = new()
    {
        ["get_stack_info"] = Handle.Tell(Info),
        ["get_stack_setting"] = Handle.Tell(call => call.Telescope.Device.StackSetting),
        ["set_stack_setting"] = Handle.With(call => Answer.Of(SettingCommands.SetAll(call, call.Telescope.Device.StackSetting))),
        ["set_stack_type"] = Handle.With(call => Answer.Of(call.Text("type") is "DeepSky" or "SolarSystem" or "MilkyWay" ? 0 : ErrorCodes.InvalidValue)),
        ["is_stacked"] = Handle.Tell(call => call.Telescope.Stack.Accepted > 0),
        ["save_stack"] = Handle.With(Save),
        ["clear_stack"] = Handle.With(Clear),
    };

    private static WireObject Info(Call call)
    {
        var size = call.Telescope.Pictures.StackSize;
        return new WireObject { ["width"] = size.Width, ["height"] = size.Height };
    }

    private static Answer Save(Call call)
    {
        if (call.Telescope.Stack.Accepted == 0)
        {
            return Answer.Of(ErrorCodes.FailToOperate);
        }

        SavedStack.Tell(call.Telescope);
        return Answer.Done;
    }

    private static Answer Clear(Call call)
    {
        if (call.Telescope.View.Stage is Stacking)
        {
            return Answer.Of(ErrorCodes.FailToOperate);
        }

        call.Telescope.Stack = new Telescopes.StackCount();
        call.Telescope.Pictures.ClearStack();
        return Answer.Done;
    }
}
