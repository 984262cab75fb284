using SeestarAlpaca.Simulator.Procedures;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control.Commands;

/// <summary>The filter wheel (<c>seestar-protocol.md</c> §4.6).</summary>
internal static class WheelCommands
{
    public static readonly Dictionary<string, CommandHandler> Table = new()
    {
        ["get_wheel_position"] = Handle.Tell(call => call.Telescope.Wheel.Position),
        ["set_wheel_position"] = Handle.With(SetPosition),
        ["get_wheel_setting"] = Handle.Tell(_ => new WireObject { ["names"] = Wheel.Names, ["exp_sec"] = new[] { 2.0, 2.0, 2.0 } }),
        ["get_wheel_state"] = Handle.Tell(State),
        ["get_wheel_slot_name"] = Handle.Tell(_ => Wheel.Names),
    };

    private static WireObject State(Call call) =>
        new() { ["id"] = 0, ["state"] = call.Telescope.Wheel.IsMoving ? "moving" : "idle", ["unidirection"] = false };

    private static Answer SetPosition(Call call)
    {
        if (call.Items() is not [var item, ..] || Call.Number(item) is not (>= 0 and <= Wheel.Last and var position))
        {
            return Answer.Of(ErrorCodes.OutOfLimit);
        }

        call.Telescope.Begin(() => MoveAsync(call.Telescope, (int)position));
        return Answer.Begun;
    }

    /// <summary>While it stacks, the telescope takes back what others do to its wheel.</summary>
    private static async Task MoveAsync(Telescope telescope, int position)
    {
        await telescope.Wheel.MoveAsync(position, telescope.Lifetime);
        if (telescope.View.Stage is Stacking && position != telescope.Wheel.Wanted)
        {
            await telescope.Wheel.MoveAsync(telescope.Wheel.Wanted, telescope.Lifetime);
        }
    }
}
