using System.Text.Json;
using SeestarAlpaca.Simulator.Procedures;

namespace SeestarAlpaca.Simulator.Control.Commands;

/// <summary>Views and stacking (<c>seestar-protocol.md</c> §4.4).</summary>
internal static class ViewCommands
{
    private static readonly string[] Planets = ["sun", "moon", "planet"];

    public static readonly Dictionary<string, CommandHandler> Table = new()
    {
        ["iscope_start_view"] = StartViewAsync,
        ["iscope_start_stack"] = StartStackAsync,
        ["iscope_stop_view"] = StopViewAsync,
        ["iscope_cancel_view"] = StopViewAsync,
        ["stop_func"] = StopFunctionAsync,
        ["start_create_dark"] = Handle.With(CreateDark),
    };

    private static Task<Answer> StartViewAsync(Call call)
    {
        var members = call.Members();
        var view = call.Telescope.View;
        switch (Text(members, "mode") ?? "star")
        {
            case "star":
                var target = Target(members);
                if (target is not { RightAscensionHours: >= 24 })
                {
                    var filtered = members.TryGetValue("lp_filter", out var filter) && filter.ValueKind == JsonValueKind.True;
                    call.Telescope.Begin(() => view.StartStarAsync(target, filtered));
                }

                // Degrees instead of hours are accepted and nothing happens, as on telescopes.
                return Task.FromResult(Answer.Begun);
            case "scenery":
                call.Telescope.Begin(() => view.StartVideoAsync("scenery", null));
                return Task.FromResult(Answer.Begun);
            case "solar_sys":
                call.Telescope.Begin(() => view.StartVideoAsync("solar_sys", Text(members, "target_type") ?? Planets[0]));
                return Task.FromResult(Answer.Begun);
            case var planet when Planets.Contains(planet):
                call.Telescope.Begin(() => view.StartVideoAsync("solar_sys", planet));
                return Task.FromResult(Answer.Begun);
            default:
                return Task.FromResult(Answer.Of(ErrorCodes.InvalidValue));
        }
    }

    private static async Task<Answer> StartStackAsync(Call call)
    {
        var restart = call.Members().TryGetValue("restart", out var value) && value.ValueKind == JsonValueKind.True;
        var code = await call.Telescope.View.StartStackAsync(restart);
        return code == 0 ? Answer.Begun : Answer.Of(code);
    }

    private static async Task<Answer> StopViewAsync(Call call)
    {
        var stage = Text(call.Members(), "stage");
        return stage is null ? Answer.Of(await call.Telescope.View.StopAsync()) : await StopStageAsync(call, stage);
    }

    private static async Task<Answer> StopFunctionAsync(Call call) =>
        await StopStageAsync(call, call.Text("name") ?? throw new RefusedException(ErrorCodes.InvalidValue));

    private static async Task<Answer> StopStageAsync(Call call, string name)
    {
        var telescope = call.Telescope;
        (name switch { "ScopeGoto" => telescope.Slewing, "AutoFocus" => telescope.Focusing, "PlateSolve" => telescope.Solving, _ => null })?.Stop();
        return Answer.Of(await telescope.View.StopStageAsync(name));
    }

    /// <summary>Dark frames need the sensor for themselves.</summary>
    private static Answer CreateDark(Call call)
    {
        var telescope = call.Telescope;
        if (telescope.View.Stage is Stacking or Initialise)
        {
            return Answer.Of(ErrorCodes.FailToOperate);
        }

        telescope.Begin(() => telescope.View.WithoutViewAsync(async token =>
        {
            await DarkLibrary.RunAsync(telescope, null, token);
            await telescope.Wheel.MoveAsync(telescope.Wheel.Wanted, token);
        }));
        return Answer.Begun;
    }

    /// <summary>The target; null if none is named. A list of nulls, which scenery is sent with, is none.</summary>
    private static SkyTarget? Target(IReadOnlyDictionary<string, JsonElement> members)
    {
        if (!members.TryGetValue("target_ra_dec", out var direction) || direction.ValueKind != JsonValueKind.Array
            || direction.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Null))
        {
            return null;
        }

        var (hours, degrees) = Call.Direction([.. direction.EnumerateArray()]);
        return new SkyTarget(Text(members, "target_name") ?? "Unknown", hours, degrees);
    }

    private static string? Text(IReadOnlyDictionary<string, JsonElement> members, string key) =>
        members.TryGetValue(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
