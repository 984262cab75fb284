using System.Text.Json;
using SeestarAlpaca.Simulator.Procedures;
using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control.Commands;

/// <summary>Mount and arm (<c>seestar-protocol.md</c> §4.8).</summary>
internal static class MountCommands
{
    public static readonly Dictionary<string, CommandHandler> Table = new()
    {
        ["scope_get_equ_coord"] = call => Task.FromResult(new Answer(Direction(call))),
        ["scope_goto"] = call => Task.FromResult(Goto(call)),
        ["scope_park"] = call => Task.FromResult(Park(call)),
        ["scope_move_to_horizon"] = call => Task.FromResult(Open(call)),
    };

    private static WireObject Direction(Call call)
    {
        var pointing = call.Telescope.Mount.Pointing;
        return new WireObject { ["ra"] = pointing.RightAscensionHours, ["dec"] = pointing.DeclinationDegrees };
    }

    private static Answer Goto(Call call)
    {
        var (hours, degrees) = Call.Direction(
            call.Parameters is { ValueKind: JsonValueKind.Object } ? [.. call.Members().Values.Where(value => value.ValueKind == JsonValueKind.Number)] : call.Items());
        if (degrees is < -90 or > 90)
        {
            return Answer.Of(ErrorCodes.OutOfLimit);
        }

        // Degrees instead of hours are accepted and nothing happens, as on telescopes.
        if (hours is >= 0 and < 24)
        {
            call.Telescope.Begin(() => ScopeGoto.RunAsync(call.Telescope, new Pointing("", hours, degrees), null, call.Telescope.Lifetime));
        }

        return Answer.Begun;
    }

    private static Answer Park(Call call)
    {
        if (call.Parameters is { ValueKind: JsonValueKind.Object } && call.Members().TryGetValue("equ_mode", out var mode))
        {
            call.Telescope.Mount.EquatorialMode = mode.ValueKind == JsonValueKind.True;
        }

        call.Telescope.Begin(() => Arm.CloseAsync(call.Telescope));
        return Answer.Begun;
    }

    private static Answer Open(Call call)
    {
        call.Telescope.Begin(() => Arm.OpenAsync(call.Telescope));
        return Answer.Begun;
    }
}
