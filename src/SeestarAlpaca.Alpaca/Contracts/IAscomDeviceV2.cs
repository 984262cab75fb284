using System.Diagnostics.CodeAnalysis;

namespace SeestarAlpaca.Alpaca.Contracts;

/// <summary>What every ASCOM device has since Platform 7. Source: ASCOM.Common.DeviceInterfaces, alpaca-camera.md §3.1 and §3.4.</summary>
public interface IAscomDeviceV2 : IAscomDevice
{
    /// <summary>Whether <see cref="Connect"/> or <see cref="Disconnect"/> is still under way.</summary>
    /// <exception cref="DriverException">Why the last asynchronous connecting failed.</exception>
    bool Connecting { get; }

    /// <summary>All operational values in one list. What cannot be read now is left out; no value is null.</summary>
    [SuppressMessage("Design", "MA0016:Prefer using collection abstraction instead of implementation", Justification = "ASCOM's own type.")]
    List<StateValue> DeviceState { get; }

    /// <summary>Starts connecting and returns at once; <see cref="Connecting"/> tells the outcome.</summary>
    void Connect();

    /// <summary>Starts disconnecting and returns at once.</summary>
    void Disconnect();
}
