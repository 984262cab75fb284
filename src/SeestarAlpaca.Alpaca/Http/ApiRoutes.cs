using System.Collections.Frozen;

namespace SeestarAlpaca.Alpaca.Http;

/// <summary>
/// Everything below /api. One catch-all address with a lookup of its own, since paths are case sensitive in Alpaca and ASP.NET Core's routing
/// ignores case (alpaca-camera.md §1.1).
/// </summary>
internal sealed class ApiRoutes(IEnumerable<IDeviceRoutes> deviceTypes, TransactionCounter transactions)
{
    private readonly FrozenDictionary<string, IDeviceRoutes> _deviceTypes = deviceTypes.ToFrozenDictionary(d => d.DeviceType, StringComparer.Ordinal);

    /// <exception cref="RequestRefusedException">The request is not understood.</exception>
    public Task HandleAsync(HttpContext context)
    {
        var transaction = transactions.Next();
        var segments = (context.Request.Path.Value ?? "").Split('/');
        if (segments is not ["", "api", "v1", var deviceType, var number, var member])
        {
            throw RequestRefusedException.BadRequest(
                "Addresses of the Alpaca API are /api/v1/{device type}/{device number}/{member}, in lower case; version 1 is the only one.");
        }

        return _deviceTypes.TryGetValue(deviceType, out var routes)
            ? routes.HandleAsync(context, transaction, number, member)
            : throw RequestRefusedException.BadRequest(
                $"There are no devices of the type {RequestRefusedException.Quoted(deviceType)} here; there are: "
                + $"{string.Join(", ", _deviceTypes.Keys.Order(StringComparer.Ordinal))}. Addresses are in lower case.");
    }
}
