using System.Text.Json;
using System.Text.Json.Nodes;
using SeestarAlpaca.Alpaca.Management;
using SeestarAlpaca.Cameras;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Live;
using SeestarAlpaca.Options;
using SeestarAlpaca.Telescopes;
using SeestarAlpaca.Video;

namespace SeestarAlpaca.Web;

/// <summary>What the pages show, as JSON, and the one thing that they change: forgetting a telescope.</summary>
internal static class StatusRoutes
{
    public static void MapStatus(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/web/v1/server", (AlpacaServerInfo info, ServerOptions options, TimeProvider time) => Results.Json(new
        {
            info.ServerName,
            info.Manufacturer,
            Version = info.ManufacturerVersion,
            info.Location,
            options.Demo,
            options.DiscoveryPort,
            options.InterfaceVersion,
            Now = time.GetUtcNow(),
        }));
        routes.MapGet("/web/v1/telescopes", ListAsync);
        routes.MapDelete("/web/v1/telescopes/{id:guid}", (Guid id, TelescopeRegistry registry) =>
            registry.Forget(id) ? Results.NoContent() : Results.Text("There is no such telescope.", statusCode: StatusCodes.Status404NotFound));
    }

    private static async Task<IResult> ListAsync(
        TelescopeRegistry registry, CameraCatalog catalog, ViewerPresence presence, RtspProbe rtsp, ServerOptions options, bool? watch)
    {
        var telescopes = registry.Telescopes;
        if (watch is true)
        {
            foreach (var telescope in telescopes)
            {
                presence.Note(telescope);
            }
        }

        var answers = await Task.WhenAll(telescopes.Select(rtsp.AskAsync));
        var cameras = catalog.Cameras.ToLookup(device => device.Telescope);
        return Results.Json(telescopes.Zip(answers, (telescope, answer) => Describe(telescope, cameras[telescope], answer, options)));
    }

    private static JsonObject Describe(Telescope telescope, IEnumerable<SeestarCameraDevice> cameras, RtspAnswer rtsp, ServerOptions options)
    {
        var snapshot = telescope.Session.Snapshot;
        var state = telescope.State;
        var known = snapshot.Telescope;
        return new JsonObject
        {
            ["id"] = telescope.Record.Id,
            ["name"] = telescope.Name,
            ["simulated"] = telescope.IsSimulated,
            ["serial"] = telescope.Record.Serial,
            ["model"] = telescope.Record.Model,
            ["firmware"] = known.Firmware,
            ["address"] = telescope.Address?.ToString(),
            ["access"] = JsonNamingPolicy.CamelCase.ConvertName(snapshot.Access.ToString()),
            ["state"] = JsonNamingPolicy.CamelCase.ConvertName(state.Name.ToString()),
            ["sentence"] = state.Sentence,
            ["remedy"] = state.Remedy,
            ["battery"] = known.Status.BatteryPercent,
            ["images"] = JsonNamingPolicy.CamelCase.ConvertName(snapshot.Image.Phase.ToString()),
            ["stack"] = snapshot.Stack is { } stack ? StackJson.Of(stack) : null,
            ["stackAgeSeconds"] = snapshot.Stack is { } held ? (snapshot.TakenAt - held.ReceivedAt).TotalSeconds : null,
            ["stackIsPresent"] = snapshot.IsStackPresent,
            ["rtsp"] = new JsonObject { ["url"] = RtspAddress.Of(telescope), ["answers"] = rtsp.Answers, ["reason"] = rtsp.Reason },
            ["cameras"] = new JsonArray([.. cameras.Select(camera => (JsonNode)Describe(camera, options))]),
        };
    }

    private static JsonObject Describe(SeestarCameraDevice camera, ServerOptions options)
    {
        var geometry = camera.CurrentGeometry();
        return new JsonObject
        {
            ["number"] = camera.Number,
            ["name"] = camera.Name,
            ["uniqueId"] = camera.UniqueId,
            ["format"] = FormatNames.Of(camera.Format).Array,
            ["width"] = geometry.Width,
            ["height"] = geometry.Height,
            ["pixelSize"] = geometry.PixelSize,
            ["recipe"] = camera.Format != CameraFormat.LiveStack ? null : geometry.IsDoubled ? "lossless 2×" : "same size",
            ["interfaceVersion"] = options.InterfaceVersion,
        };
    }
}
