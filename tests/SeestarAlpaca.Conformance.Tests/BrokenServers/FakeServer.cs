using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>A small Alpaca server with one camera on a free loopback port: right in everything, but for the one flaw of its model.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly FakeModel _model;
    private readonly FakeDevice _device;
    private readonly string _uniqueId;
    private uint _calls;

    private FakeServer(FakeModel model, TimeProvider time)
    {
        (_model, _device) = (model, new FakeDevice(model, time));
        _uniqueId = model.Has(Flaw.UniqueIdPerStart) ? Guid.NewGuid().ToString() : "0b8d2f0a-5d5c-4f67-9a3e-1c9d7a4e6b21";
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Services.AddLogging();
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    /// <summary>Scheme, host and port.</summary>
    public Uri Address => new(_application.Urls.Single());

    /// <summary>The address of its camera.</summary>
    public Uri Camera => new(Address, "/api/v1/camera/0");

    public static async Task<FakeServer> StartAsync(FakeModel model, CancellationToken cancellationToken)
    {
        var server = new FakeServer(model, TimeProvider.System);
        await server._application.StartAsync(cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _device.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context, context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries));
        }
        catch (FakeStatusException refusal)
        {
            await FakeReply.WriteTextAsync(context.Response, refusal.Status, refusal.Message);
        }
    }

    private Task RouteAsync(HttpContext context, string[] parts) => parts switch
    {
        ["api", "v1", var type, var number, var member] when IsDevice(type, number) && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsPut(context.Request.Method))
            => _device.AnswerAsync(context, member),
        ["setup"] => FakeReply.WriteTextAsync(context.Response, 200, "<html></html>", "text/html; charset=utf-8"),
        ["setup", "v1", "camera", "0", "setup"] when !_model.Has(Flaw.SetupMissing) => FakeReply.WriteTextAsync(context.Response, 200, "<html></html>", "text/html"),
        ["management", ..] when Management(parts) is { } value => ManageAsync(context, value),
        _ => FakeReply.WriteTextAsync(context.Response, 400, "There is no such address."),
    };

    private bool IsDevice(string type, string number) =>
        string.Equals(type, "camera", _model.Has(Flaw.DeviceTypeInAnyCase) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
        && (number == "0" || _model.Has(Flaw.AnyDeviceNumber));

    private async Task ManageAsync(HttpContext context, object value)
    {
        var parameters = await FakeParameters.ReadAsync(context.Request, _model.Flaw);
        await FakeReply.WriteAsync(
            context.Response, _model.Flaw, value, true, parameters.Id("ClientTransactionID"), Interlocked.Increment(ref _calls), 0, "", TimeProvider.System);
    }

    private object? Management(string[] parts) => parts switch
    {
        ["management", "apiversions"] => (int[])[1],
        ["management", "v1", "description"] => _model.Has(Flaw.DescriptionMiscased)
            ? new { serverName = "Fake", manufacturer = "Nobody", manufacturerVersion = "1.0", location = "here" }
            : new { ServerName = "Fake", Manufacturer = "Nobody", ManufacturerVersion = "1.0", Location = "here" },
        ["management", "v1", "configureddevices"] => Devices(),
        _ => _model.Has(Flaw.UnknownManagementAnswered) ? "" : null,
    };

    private object[] Devices()
    {
        var device = new
        {
            DeviceName = "A fake camera",
            DeviceType = _model.Has(Flaw.LowerCaseDeviceType) ? "camera" : "Camera",
            DeviceNumber = 0,
            UniqueID = _model.Has(Flaw.UniqueIdPerCall) ? Guid.NewGuid().ToString() : _uniqueId,
        };
        return _model.Has(Flaw.SameUniqueIds) ? [device, new { device.DeviceName, device.DeviceType, DeviceNumber = 1, device.UniqueID }] : [device];
    }
}
