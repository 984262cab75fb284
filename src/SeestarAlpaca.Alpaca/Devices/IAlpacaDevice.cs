using System.Net;
using SeestarAlpaca.Alpaca.Contracts;

namespace SeestarAlpaca.Alpaca.Devices;

/// <summary>A device that the server offers. Constant for the life of the object, except for the name.</summary>
/// <remarks>Thread safe.</remarks>
public interface IAlpacaDevice
{
    /// <summary>ASCOM's name of the device type, capitalised, for example "Camera"; addresses hold it in lower case.</summary>
    string DeviceType { get; }

    /// <summary>Number in addresses; counted from 0 separately for each device type.</summary>
    uint Number { get; }

    /// <summary>The name that clients show in their lists of devices.</summary>
    string Name { get; }

    /// <summary>Names this device for ever, over restarts and changes of address; no other device has it (alpaca-camera.md §2).</summary>
    string UniqueId { get; }
}

/// <summary>A device that makes a driver object for each client session.</summary>
/// <typeparam name="TDriver">ASCOM's interface of the device type.</typeparam>
public interface IAlpacaDevice<out TDriver> : IAlpacaDevice
    where TDriver : IAscomDeviceV2
{
    /// <summary>
    /// Makes an unconnected driver object in its start state. It returns at once, without asking hardware; who opened it disposes it.
    /// </summary>
    /// <param name="client">
    /// Where the client is, IPv4 wherever it can be told as that; <see cref="IPAddress.None"/> for the object that answers clients which are not connected.
    /// </param>
    TDriver Open(IPAddress client);
}

/// <summary>A camera: a factory of <see cref="ICameraV4"/>, one for each client session (design.md §3.5).</summary>
/// <remarks>A driver that also implements <see cref="IImageSource"/> has its pixels streamed from where they are.</remarks>
public interface ICameraDevice : IAlpacaDevice<ICameraV4>
{
    /// <summary>ASCOM's name of the device type.</summary>
    const string TypeName = "Camera";

    string IAlpacaDevice.DeviceType => TypeName;
}

/// <summary>The devices that are offered at this moment; supplied by the host.</summary>
public interface IDeviceCatalog
{
    /// <summary>
    /// A list that does not change once it was handed out; another one is handed out when devices come and go. A device is the same object as long
    /// as its drivers stay good: another object in its place ends the sessions with the old one. Thread safe.
    /// </summary>
    IReadOnlyList<IAlpacaDevice> Devices { get; }
}
