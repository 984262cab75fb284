using System.Text.Json;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control.Commands;

/// <summary>What is on the disk (<c>seestar-protocol.md</c> §4.9).</summary>
internal static class StorageCommands
{
    public static readonly Dictionary<string, CommandHandler> Table = new()
    {
        ["get_disk_volume"] = Handle.Tell(Volume),
        ["get_albums"] = Handle.Tell(call => call.Telescope.Albums.ToWire()),
        ["get_img_file_page_number"] = Handle.Tell(call => call.Telescope.Albums.Pages(Folder(call))),
        ["get_img_file_page_name"] = Handle.Tell(call => call.Telescope.Albums.Page(Folder(call), Page(call))),
    };

    private static WireObject Volume(Call call)
    {
        var volume = call.Telescope.Device.Volume;
        return new WireObject { ["totalMB"] = volume["totalMB"], ["freeMB"] = volume["freeMB"] };
    }

    /// <summary>The folder, which begins a list.</summary>
    private static string Folder(Call call) =>
        call.Items() is [{ ValueKind: JsonValueKind.String } folder, ..] ? folder.GetString()! : throw new RefusedException(ErrorCodes.InvalidValue);

    /// <summary>The page, which follows; the first without one.</summary>
    private static int Page(Call call) => call.Items() is [_, { ValueKind: JsonValueKind.Number } page, ..] && page.TryGetInt32(out var number) && number >= 0 ? number : 0;
}
