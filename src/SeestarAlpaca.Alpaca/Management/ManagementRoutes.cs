using System.Collections.Frozen;
using System.Text.Json;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Alpaca.Http;

namespace SeestarAlpaca.Alpaca.Management;

/// <summary>The management API: what the server is and which devices it has (alpaca-camera.md §2). Everything is answered from memory.</summary>
internal sealed class ManagementRoutes
{
    private readonly FrozenDictionary<string, Action<Utf8JsonWriter, IServiceProvider>> _values;
    private readonly TransactionCounter _transactions;

    public ManagementRoutes(IDeviceCatalog catalog, TransactionCounter transactions)
    {
        _transactions = transactions;
        _values = new Dictionary<string, Action<Utf8JsonWriter, IServiceProvider>>
        {
            ["/management/apiversions"] = (json, _) => WriteVersions(json),
            ["/management/v1/description"] = (json, services) => WriteDescription(json, services.GetRequiredService<AlpacaServerInfo>()),
            ["/management/v1/configureddevices"] = (json, _) => WriteDevices(json, catalog.Devices),
        }.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <exception cref="RequestRefusedException">The request is not understood.</exception>
    public async Task HandleAsync(HttpContext context)
    {
        var transaction = _transactions.Next();
        if (!_values.TryGetValue(context.Request.Path.Value ?? "", out var write))
        {
            throw RequestRefusedException.BadRequest(
                $"The management API has {string.Join(", ", _values.Keys.Order(StringComparer.Ordinal))}, in lower case.");
        }

        if (!HttpMethods.IsGet(context.Request.Method))
        {
            throw RequestRefusedException.BadVerb(context.Request.Method, "GET");
        }

        var ids = TransactionIds.Of(await AlpacaParameters.ReadAsync(context.Request, context.RequestAborted), transaction);
        await AlpacaReply.WriteAsync(
            context.Response,
            ids,
            json =>
            {
                json.WritePropertyName("Value"u8);
                write(json, context.RequestServices);
            },
            context.RequestAborted);
    }

    private static void WriteVersions(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        json.WriteNumberValue(1);
        json.WriteEndArray();
    }

    private static void WriteDescription(Utf8JsonWriter json, AlpacaServerInfo info)
    {
        json.WriteStartObject();
        json.WriteString("ServerName"u8, info.ServerName);
        json.WriteString("Manufacturer"u8, info.Manufacturer);
        json.WriteString("ManufacturerVersion"u8, info.ManufacturerVersion);
        json.WriteString("Location"u8, info.Location);
        json.WriteEndObject();
    }

    private static void WriteDevices(Utf8JsonWriter json, IReadOnlyList<IAlpacaDevice> devices)
    {
        json.WriteStartArray();
        foreach (var device in devices)
        {
            json.WriteStartObject();
            json.WriteString("DeviceName"u8, device.Name);
            json.WriteString("DeviceType"u8, device.DeviceType);
            json.WriteNumber("DeviceNumber"u8, device.Number);
            json.WriteString("UniqueID"u8, device.UniqueId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
