using System.Collections.Frozen;
using System.Globalization;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Alpaca.Images;
using SeestarAlpaca.Alpaca.Sessions;

namespace SeestarAlpaca.Alpaca.Http;

/// <summary>The addresses of one device type.</summary>
internal interface IDeviceRoutes
{
    /// <summary>The device type as addresses hold it, in lower case.</summary>
    string DeviceType { get; }

    /// <summary>Answers a request to <c>/api/v1/{device type}/{number}/{member}</c>.</summary>
    /// <exception cref="RequestRefusedException">The request is not understood; nothing was carried out.</exception>
    Task HandleAsync(HttpContext context, uint serverTransaction, string number, string member);
}

/// <summary>
/// The one place that knows how a call comes in and how its outcome goes out: device numbers, IDs, parameters, the client's driver object,
/// the envelope of replies and the mapping of exceptions (alpaca-camera.md §1).
/// </summary>
/// <remarks>
/// GET runs where it arrives, for reading answers from memory. PUT may wait for hardware and runs on a thread of its own
/// (<see cref="BlockingCalls"/>).
/// </remarks>
internal sealed class DeviceRoutes<TDriver>(
    string deviceType, FrozenDictionary<string, Member<TDriver>> members, IDeviceCatalog catalog, ClientSessions<TDriver> sessions) : IDeviceRoutes
    where TDriver : class, IAscomDeviceV2
{
    public string DeviceType { get; } = deviceType.ToLowerInvariant();

    public async Task HandleAsync(HttpContext context, uint serverTransaction, string number, string member)
    {
        var operation = MemberOf(member).Of(context.Request.Method);
        var device = DeviceOf(number);
        var parameters = await AlpacaParameters.ReadAsync(context.Request, context.RequestAborted);
        var ids = TransactionIds.Of(parameters, serverTransaction);
        var call = operation.Bind(parameters);
        try
        {
            await CarryOutAsync(context, device, operation, call, ids);
        }
        catch (DriverException refusal)
        {
            await AlpacaReply.WriteErrorAsync(context.Response, ids, operation.OnError, refusal, context.RequestAborted);
        }
    }

    private async Task CarryOutAsync(
        HttpContext context, IAlpacaDevice<TDriver> device, Operation<TDriver> operation, DeviceCall<TDriver> call, TransactionIds ids)
    {
        var clients = sessions.Of(device);
        var key = ClientKey.Of(context.Connection.RemoteIpAddress, ids.Client);
        if (operation.Since > 1)
        {
            using var asked = clients.Enter(device, key);
            CheckVersion(operation.Since, asked.Driver.InterfaceVersion);
        }

        switch (call)
        {
            case ConnectionCall<TDriver> { Connected: true } connect:
                await clients.ConnectAsync(device, key, connect.Wait, context.RequestAborted);
                await WriteAsync(context, DeviceResult.Nothing, ids);
                break;
            case ConnectionCall<TDriver> disconnect:
                await clients.DisconnectAsync(key, disconnect.Wait, context.RequestAborted);
                await WriteAsync(context, DeviceResult.Nothing, ids);
                break;
            case DriverCall<TDriver> { Invoke: var invoke }:
                using (var use = clients.Enter(device, key))
                {
                    var result = HttpMethods.IsGet(context.Request.Method)
                        ? invoke(use.Driver)
                        : await sessions.Calls.RunAsync(() => invoke(use.Driver), context.RequestAborted);
                    await WriteAsync(context, result, ids);
                }

                break;
        }
    }

    private static void CheckVersion(short since, short served)
    {
        if (since > served)
        {
            throw DriverException.NotImplemented($"This device has interface version {served}; the member came with version {since}.");
        }
    }

    private static async Task WriteAsync(HttpContext context, DeviceResult result, TransactionIds ids)
    {
        if (result is ImageResult { Image: var leased })
        {
            using var image = leased;
            await ImageReply.WriteAsync(context, image, ids);
        }
        else if (result is JsonResult { Value: var value })
        {
            await AlpacaReply.WriteAsync(context.Response, ids, value, context.RequestAborted);
        }
    }

    private Member<TDriver> MemberOf(string member) =>
        members.TryGetValue(member, out var known)
            ? known
            : throw RequestRefusedException.BadRequest(
                $"A {DeviceType} has no member {RequestRefusedException.Quoted(member)}. Members are in lower case, for example "
                + $"/api/v1/{DeviceType}/0/description.");

    private IAlpacaDevice<TDriver> DeviceOf(string number)
    {
        var devices = catalog.Devices.OfType<IAlpacaDevice<TDriver>>();
        if (uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted))
        {
            foreach (var device in devices)
            {
                if (device.Number == wanted)
                {
                    return device;
                }
            }
        }

        var numbers = string.Join(", ", devices.Select(d => d.Number).Order());
        throw RequestRefusedException.BadRequest(
            $"There is no {DeviceType} {RequestRefusedException.Quoted(number)} here; there "
            + (numbers.Length == 0 ? "is none at present." : $"is {numbers}. /management/v1/configureddevices lists all devices."));
    }
}
