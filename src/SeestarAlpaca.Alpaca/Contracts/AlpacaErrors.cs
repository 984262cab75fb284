using System.Diagnostics.CodeAnalysis;

namespace SeestarAlpaca.Alpaca.Contracts;

/// <summary>ASCOM's error numbers as Alpaca sends them (alpaca-camera.md §1.6).</summary>
[SuppressMessage("Design", "CA1069:Enums values should not be duplicated", Justification = "ASCOM's own list has two names for these values.")]
public enum AlpacaErrors
{
    /// <summary>Success.</summary>
    AlpacaNoError = 0,

    /// <summary>Where ASCOM's numbers begin.</summary>
    AlpacaErrorCodeBase = 0x400,

    /// <summary>An optional member that this device lacks.</summary>
    NotImplemented = 0x400,

    /// <summary>A value out of its range.</summary>
    InvalidValue = 0x401,

    /// <summary>A value was read before it was ever set.</summary>
    ValueNotSet = 0x402,

    /// <summary>The device is not connected.</summary>
    NotConnected = 0x407,

    /// <summary>Not possible while parked; mounts and domes only.</summary>
    InvalidWhileParked = 0x408,

    /// <summary>Not possible while slaved; domes only.</summary>
    InvalidWhileSlaved = 0x409,

    /// <summary>Not possible now.</summary>
    InvalidOperationException = 0x40B,

    /// <summary>No such action.</summary>
    ActionNotImplementedException = 0x40C,

    /// <summary>The operation was cancelled while it was under way.</summary>
    OperationCancelledException = 0x40E,

    /// <summary>Last resort of the reserved range.</summary>
    UnspecifiedError = 0x4FF,

    /// <summary>Where the device's own numbers begin.</summary>
    DriverBase = 0x500,

    /// <summary>Where Alpaca's numbers end.</summary>
    AlpacaErrorCodeMax = 0xFFF,

    /// <summary>Where the device's own numbers end.</summary>
    DriverMax = 0xFFF,
}
