using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Seestar.Control;

namespace SeestarAlpaca.Cameras;

/// <summary>What a telescope's refusals mean for a client (<c>seestar-protocol.md</c> §3.6). Pure.</summary>
internal static class TelescopeRefusal
{
    private static readonly Dictionary<int, (Func<string, DriverException> Error, string Sentence)> Meanings = new()
    {
        [103] = (DriverException.NotImplemented, "The telescope's firmware does not know this command."),
        [203] = (DriverException.InvalidOperation, "The telescope is moving. Wait until it has arrived."),
        [204] = (DriverException.InvalidOperation, "The telescope says that this is out of its limits, or not possible in its present view. Open the stargazing view in the Seestar app."),
        [207] = (m => DriverException.DeviceFailure(m), "The telescope could not do it. Look into the Seestar app."),
        [209] = (DriverException.InvalidValue, "The telescope takes no such value."),
        [210] = (DriverException.InvalidOperation, "The telescope does not do this for this server; another client may be its master."),
        [259] = (DriverException.InvalidOperation, "The telescope is stacking already."),
        [270] = (DriverException.InvalidOperation, "The target is below the horizon."),
    };

    /// <summary>The error for a client.</summary>
    /// <param name="exception">The telescope's refusal, its silence, or the end of its connection.</param>
    public static DriverException Of(Exception exception) => exception switch
    {
        TelescopeException refusal when Meanings.TryGetValue(refusal.Code, out var meaning) => meaning.Error($"{meaning.Sentence} ({refusal.Message})"),
        TelescopeException refusal => DriverException.DeviceFailure(refusal.Message),
        TimeoutException => DriverException.DeviceFailure($"{exception.Message} It may be busy, and do it all the same; look before you try again."),
        _ => DriverException.DeviceFailure(exception.Message),
    };

    /// <summary>Whether an exception is of the kinds that <see cref="Of"/> explains.</summary>
    public static bool Explains(Exception exception) => exception is TelescopeException or TimeoutException or IOException;
}
