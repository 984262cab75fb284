using SeestarAlpaca.Alpaca.Devices;

namespace SeestarAlpaca.Alpaca.Http;

/// <summary>One call with its parameters read, not yet carried out.</summary>
internal abstract record DeviceCall<TDriver>;

/// <summary>A call of the driver object.</summary>
internal sealed record DriverCall<TDriver>(Func<TDriver, DeviceResult> Invoke) : DeviceCall<TDriver>;

/// <summary>Connecting or disconnecting, which also decides which driver object the client has.</summary>
/// <param name="Connected">The state asked for.</param>
/// <param name="Wait">True waits for the result, false only starts.</param>
internal sealed record ConnectionCall<TDriver>(bool Connected, bool Wait) : DeviceCall<TDriver>;

/// <summary>What a call of a driver object gave.</summary>
internal abstract record DeviceResult
{
    /// <summary>The call has no value.</summary>
    public static DeviceResult Nothing { get; } = new JsonResult(null);
}

/// <summary>A value for a small JSON reply.</summary>
internal sealed record JsonResult(JsonValue? Value) : DeviceResult;

/// <summary>An image, which the receiver disposes.</summary>
internal sealed record ImageResult(AlpacaImage Image) : DeviceResult;

/// <summary>What one verb does at one address.</summary>
/// <param name="Bind">Reads the parameters; throws <see cref="RequestRefusedException"/> when they are not understood.</param>
/// <param name="OnError">What stands for the value when the device refuses; null when the call has none.</param>
/// <param name="Since">First interface version of the device type that has the member.</param>
internal sealed record Operation<TDriver>(Func<AlpacaParameters, DeviceCall<TDriver>> Bind, JsonValue? OnError, short Since);

/// <summary>One address of a device: what GET and PUT do there; null where there is no such verb.</summary>
internal sealed record Member<TDriver>(Operation<TDriver>? Get, Operation<TDriver>? Put)
{
    /// <exception cref="RequestRefusedException">The address does not have the verb.</exception>
    public Operation<TDriver> Of(string verb)
    {
        var operation = HttpMethods.IsGet(verb) ? Get : HttpMethods.IsPut(verb) ? Put : null;
        return operation ?? throw RequestRefusedException.BadVerb(verb, Get is null ? "PUT" : Put is null ? "GET" : "GET, PUT");
    }
}
