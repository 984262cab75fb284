namespace SeestarAlpaca.Alpaca.Contracts;

/// <summary>
/// What every ASCOM device has; members, names and types are ASCOM's own. Source: ASCOM.Common.DeviceInterfaces, alpaca-camera.md §3.1.
/// </summary>
/// <remarks>
/// A refusal is a <see cref="DriverException"/>; any other exception is a fault in the device. Members may be called from several threads at once.
/// Reading a property answers from memory within milliseconds; only methods and setters may wait for hardware.
/// </remarks>
public interface IAscomDevice
{
    /// <summary>Whether the device itself is reachable. Setting it waits for the result; setting the present value is no error.</summary>
    /// <exception cref="DriverException">The device could not be connected; the message tells the remedy.</exception>
    bool Connected { get; set; }

    /// <summary>Describes the device, not the driver; at most 64 characters.</summary>
    string Description { get; }

    /// <summary>Free text about the driver.</summary>
    string DriverInfo { get; }

    /// <summary>Version of the driver in the form "n.n".</summary>
    string DriverVersion { get; }

    /// <summary>Version of the device's interface that the driver serves; for cameras 3 or 4.</summary>
    short InterfaceVersion { get; }

    /// <summary>Short name of the device.</summary>
    string Name { get; }

    /// <summary>Names that <see cref="Action"/> knows; may be empty.</summary>
    IList<string> SupportedActions { get; }

    /// <summary>Carries out a device-specific action; names are case insensitive.</summary>
    /// <exception cref="DriverException">0x400 when there are no actions at all, 0x40C for a name that is not offered.</exception>
    string Action(string actionName, string actionParameters);

    /// <summary>Deprecated: sends a device-specific command.</summary>
    void CommandBlind(string command, bool raw);

    /// <summary>Deprecated: sends a device-specific command that answers with a boolean.</summary>
    bool CommandBool(string command, bool raw);

    /// <summary>Deprecated: sends a device-specific command that answers with a text.</summary>
    string CommandString(string command, bool raw);

    /// <summary>Ends whatever the object still does, connected or not, and releases what it holds. No member is called afterwards.</summary>
    void Dispose();
}
