using System.Text.Json;
using SeestarAlpaca.Simulator.Models;
using SeestarAlpaca.Simulator.Procedures;
using SeestarAlpaca.Simulator.Sky;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control.Commands;

/// <summary>Mount and arm (<c>seestar-protocol.md</c> §4.8).</summary>
internal static class MountCommands
{
    /// <summary>Where a folded telescope looks: down.</summary>
    private static readonly double[] Folded = [-90.0, 0.0];

    public static readonly Dictionary<string, CommandHandler> Table = new()
    {
        ["scope_get_equ_coord"] = Handle.Tell(call => new WireObject { ["ra"] = At(call).RightAscensionHours, ["dec"] = At(call).DeclinationDegrees }),
        ["scope_get_ra_dec"] = Handle.Tell(call => new[] { At(call).RightAscensionHours, At(call).DeclinationDegrees }),
        ["scope_get_horiz_coord"] = Handle.Tell(Horizontal),
        ["scope_get_track_state"] = Handle.Tell(call => call.Telescope.Mount.Tracking),
        ["scope_set_track_state"] = Handle.With(Track),
        ["scope_goto"] = Handle.With(Goto),
        ["scope_sync"] = Handle.With(Sync),
        ["scope_park"] = Handle.With(Park),
        ["scope_move_to_horizon"] = Handle.With(Open),
        ["scope_speed_move"] = Handle.With(SpeedMove),
        ["scope_move"] = Handle.With(Stop),
        ["set_user_location"] = Handle.With(SetLocation),
        ["get_user_location"] = Handle.Tell(Location),
    };

    private static Pointing At(Call call) => call.Telescope.Mount.Pointing;

    private static double[] Horizontal(Call call)
    {
        var telescope = call.Telescope;
        if (telescope.Mount.ArmClosed)
        {
            return Folded;
        }

        var (longitude, latitude) = telescope.Device.Location;
        var (altitude, azimuth) = Horizon.Of(
            At(call).RightAscensionHours, At(call).DeclinationDegrees, longitude, latitude, telescope.Clock.Date(telescope.Agenda.Now));
        return [altitude, azimuth];
    }

    private static Answer Track(Call call)
    {
        if (call.Items() is not [{ ValueKind: JsonValueKind.True or JsonValueKind.False } on, ..])
        {
            return Answer.Of(ErrorCodes.InvalidValue);
        }

        Tracking.Switch(call.Telescope, on.GetBoolean(), manual: true);
        return Answer.Done;
    }

    private static Answer Goto(Call call)
    {
        var (hours, degrees) = Direction(call);
        if (call.Telescope.Mount.Moving)
        {
            return Answer.Of(ErrorCodes.IsMoving);
        }

        // Degrees instead of hours are accepted and nothing happens, as on telescopes.
        if (hours is >= 0 and < 24)
        {
            var slew = new ScopeGoto(call.Telescope, new Pointing("", hours, degrees), null);
            call.Telescope.Slewing.TryBegin(slew.RunAsync, slew.Abort);
        }

        return Answer.Begun;
    }

    /// <summary>Accepted; the telescope knows where it looks better than anybody.</summary>
    private static Answer Sync(Call call)
    {
        Direction(call);
        return Answer.Done;
    }

    private static Answer Park(Call call)
    {
        if (call.Parameters is { ValueKind: JsonValueKind.Object } && call.Members().TryGetValue("equ_mode", out var mode))
        {
            call.Telescope.Mount.EquatorialMode = mode.ValueKind == JsonValueKind.True;
            call.Telescope.Events.Emit("MountMode", new WireObject { ["equ_mode"] = call.Telescope.Mount.EquatorialMode });
        }

        call.Telescope.Begin(() => Arm.CloseAsync(call.Telescope));
        return Answer.Begun;
    }

    private static Answer Open(Call call)
    {
        call.Telescope.Begin(() => Arm.OpenAsync(call.Telescope));
        return Answer.Begun;
    }

    private static Answer SpeedMove(Call call)
    {
        var (angle, duration) = (call.Number("angle"), call.Number("dur_sec"));
        if (call.Telescope.Mount.Moving)
        {
            return Answer.Of(ErrorCodes.IsMoving);
        }

        if (!call.Members().ContainsKey("speed") && !call.Members().ContainsKey("percent"))
        {
            return Answer.Of(ErrorCodes.InvalidValue);
        }

        var nudge = new Nudge(call.Telescope, angle, duration);
        call.Telescope.Slewing.TryBegin(nudge.RunAsync);
        return Answer.Begun;
    }

    private static Answer Stop(Call call)
    {
        call.Telescope.Slewing.Stop();
        return Answer.Done;
    }

    private static Answer SetLocation(Call call)
    {
        call.Telescope.Device.Location = (call.Number("lon"), call.Number("lat"));
        return Answer.Done;
    }

    private static double[] Location(Call call) => [call.Telescope.Device.Location.Longitude, call.Telescope.Device.Location.Latitude];

    /// <summary>Right ascension and declination, as a list or as an object's numbers.</summary>
    private static (double Hours, double Degrees) Direction(Call call)
    {
        var direction = Call.Direction(
            call.Parameters is { ValueKind: JsonValueKind.Object } ? [.. call.Members().Values.Where(value => value.ValueKind == JsonValueKind.Number)] : call.Items());
        return direction.Degrees is >= -90 and <= 90 ? direction : throw new RefusedException(ErrorCodes.OutOfLimit);
    }
}
