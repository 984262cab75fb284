using System.Collections.Frozen;
using SeestarAlpaca.Simulator.Control.Commands;

namespace SeestarAlpaca.Simulator.Control;

/// <summary>All commands by name.</summary>
internal static class CommandTable
{
    private static readonly FrozenDictionary<string, CommandHandler> Handlers = new[]
    {
        ConnectionCommands.Table, StateCommands.Table, SettingCommands.Table, CameraCommands.Table, ViewCommands.Table, MountCommands.Table,
        SystemCommands.Table, WheelCommands.Table, FocuserCommands.Table, SolveCommands.Table, StackCommands.Table, StorageCommands.Table,
    }.SelectMany(table => table).ToFrozenDictionary();

    /// <summary>The command of a name; null if there is none.</summary>
    public static CommandHandler? Find(string method) => Handlers.GetValueOrDefault(method);
}
