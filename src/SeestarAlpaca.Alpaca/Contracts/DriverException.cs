namespace SeestarAlpaca.Alpaca.Contracts;

/// <summary>
/// A device's refusal: the one exception that becomes an ASCOM error (HTTP 200 with this number and message). Any other exception of a device
/// is a fault in it and becomes HTTP 500.
/// </summary>
/// <param name="number">0x400 to 0xFFF; 0x500 and above are the device's own.</param>
/// <param name="message">A sentence that a stranger can act on; not empty.</param>
/// <exception cref="ArgumentOutOfRangeException">The number is outside Alpaca's range.</exception>
public sealed class DriverException(int number, string message) : Exception(Stated(message))
{
    /// <summary>Alpaca's error number, 0x400 to 0xFFF.</summary>
    public int Number { get; } = number is >= (int)AlpacaErrors.AlpacaErrorCodeBase and <= (int)AlpacaErrors.AlpacaErrorCodeMax
        ? number
        : throw new ArgumentOutOfRangeException(nameof(number), number, "An ASCOM error number is 0x400 to 0xFFF.");

    /// <summary>0x400: the device lacks this optional member.</summary>
    public static DriverException NotImplemented(string message) => new((int)AlpacaErrors.NotImplemented, message);

    /// <summary>0x401: a value or a combination of values is out of range.</summary>
    public static DriverException InvalidValue(string message) => new((int)AlpacaErrors.InvalidValue, message);

    /// <summary>0x402: the value was never set.</summary>
    public static DriverException ValueNotSet(string message) => new((int)AlpacaErrors.ValueNotSet, message);

    /// <summary>0x407: the device is not connected.</summary>
    public static DriverException NotConnected(string message) => new((int)AlpacaErrors.NotConnected, message);

    /// <summary>0x40B: not possible in the present state.</summary>
    public static DriverException InvalidOperation(string message) => new((int)AlpacaErrors.InvalidOperationException, message);

    /// <summary>0x40C: there is no action of this name.</summary>
    public static DriverException ActionNotImplemented(string message) => new((int)AlpacaErrors.ActionNotImplementedException, message);

    /// <summary>0x40E: the operation was cancelled while it was under way.</summary>
    public static DriverException OperationCancelled(string message) => new((int)AlpacaErrors.OperationCancelledException, message);

    /// <summary>A failure of the hardware or of the way to it.</summary>
    /// <param name="message">What failed and what to do.</param>
    /// <param name="number">0x500 (default) to 0xFFF.</param>
    public static DriverException DeviceFailure(string message, int number = (int)AlpacaErrors.DriverBase)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, (int)AlpacaErrors.DriverBase);
        return new DriverException(number, message);
    }

    /// <summary>An error without a text would reach clients as success.</summary>
    private static string Stated(string message) =>
        string.IsNullOrWhiteSpace(message) ? throw new ArgumentException("An error needs a message.", nameof(message)) : message;
}
