using System.Text.Json;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control.Commands;

/// <summary>Power, storage, clock (<c>seestar-protocol.md</c> §4.8, §4.9).</summary>
internal static class SystemCommands
{
    public static readonly Dictionary<string, CommandHandler> Table = new()
    {
        ["pi_get_info"] = call => Task.FromResult(new Answer(Info(call))),
        ["get_disk_volume"] = call => Task.FromResult(new Answer(Volume(call))),
        ["pi_set_time"] = call => Task.FromResult(SetTime(call)),
    };

    private static WireObject Info(Call call) => new WireObject { ["model"] = call.Telescope.Facts.ProductModel }.With(call.Telescope.Device.Power);

    private static WireObject Volume(Call call)
    {
        var volume = call.Telescope.Device.Volume;
        return new WireObject { ["totalMB"] = volume["totalMB"], ["freeMB"] = volume["freeMB"] };
    }

    /// <summary>Accepted and not kept: file names go by the clock of the simulation. Old clients send the object within a list.</summary>
    private static Answer SetTime(Call call)
    {
        var isTime = call.Parameters is { ValueKind: JsonValueKind.Array }
            ? call.Items() is [{ ValueKind: JsonValueKind.Object } time, ..] && time.TryGetProperty("year", out _)
            : call.Members().ContainsKey("year");
        return Answer.Of(isTime ? 0 : ErrorCodes.ExpectedObject);
    }
}
