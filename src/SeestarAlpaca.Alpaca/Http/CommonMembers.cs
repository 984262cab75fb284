using SeestarAlpaca.Alpaca.Contracts;
using static SeestarAlpaca.Alpaca.Http.WireTypes;

namespace SeestarAlpaca.Alpaca.Http;

/// <summary>The members that all device types have (alpaca-camera.md §3.1).</summary>
internal static class CommonMembers
{
    /// <param name="asynchronousSince">First interface version of the device type with Connect, Connecting, Disconnect and DeviceState.</param>
    public static void Add<TDriver>(DeviceMembers<TDriver> device, short asynchronousSince)
        where TDriver : IAscomDeviceV2
    {
        device.Function("action", Text.Named("Action"), Text.Named("Parameters"), Text, (d, name, parameters) => d.Action(name, parameters));
        device.Method("commandblind", Text.Named("Command"), Bool.Named("Raw"), (d, command, raw) => d.CommandBlind(command, raw));
        device.Function("commandbool", Text.Named("Command"), Bool.Named("Raw"), Bool, (d, command, raw) => d.CommandBool(command, raw));
        device.Function("commandstring", Text.Named("Command"), Bool.Named("Raw"), Text, (d, command, raw) => d.CommandString(command, raw));
        device.Get("connected", Bool, d => d.Connected);
        device.Connection("connected", p => new ConnectionCall<TDriver>(p.Read(Bool.Named("Connected")), Wait: true));
        device.Connection("connect", _ => new ConnectionCall<TDriver>(Connected: true, Wait: false), asynchronousSince);
        device.Connection("disconnect", _ => new ConnectionCall<TDriver>(Connected: false, Wait: false), asynchronousSince);
        device.Get("connecting", Bool, d => d.Connecting, asynchronousSince);
        device.Get("description", Text, d => d.Description);
        device.Get("devicestate", States, d => d.DeviceState, asynchronousSince);
        device.Get("driverinfo", Text, d => d.DriverInfo);
        device.Get("driverversion", Text, d => d.DriverVersion);
        device.Get("interfaceversion", Short, d => d.InterfaceVersion);
        device.Get("name", Text, d => d.Name);
        device.Get("supportedactions", Texts, d => d.SupportedActions);
    }
}
