using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Cameras;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Options;
using SeestarAlpaca.Telescopes;

namespace SeestarAlpaca.Web;

/// <summary>What the setup page of a camera shows and changes: the telescope's choices, and, where control is allowed, its settings.</summary>
internal static class CameraSetupRoutes
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static void MapCameraSetup(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/web/v1/telescopes/{id:guid}/cameras", (Guid id, HttpContext context, TelescopeRegistry registry, CameraCatalog catalog, ServerOptions options) =>
            registry.Find(id) is { } telescope ? Results.Json(Describe(telescope, catalog, options, Caller(context))) : Unknown());
        routes.MapPut("/web/v1/telescopes/{id:guid}/cameras", ChooseAsync);
        routes.MapPost("/web/v1/telescopes/{id:guid}/control/{action}", ControlAsync);
    }

    private static async Task<IResult> ChooseAsync(Guid id, HttpContext context, TelescopeRegistry registry)
    {
        CameraChoices? choices;
        try
        {
            choices = await JsonSerializer.DeserializeAsync<CameraChoices>(context.Request.Body, Json, context.RequestAborted);
        }
        catch (JsonException exception)
        {
            return Results.Text($"The choices cannot be read: {exception.Message}", statusCode: StatusCodes.Status400BadRequest);
        }

        if (choices?.Formats is null || !choices.Formats.All(OfferedFormats.OptIn.Contains))
        {
            return Results.Text("Formats are some of luminance, latestSub and wide.", statusCode: StatusCodes.Status400BadRequest);
        }

        return registry.Choose(id, choices with { Formats = [.. choices.Formats.Distinct()] }) ? Results.NoContent() : Unknown();
    }

    /// <summary>Carries out what a button says; runs apart from the request's thread, since it waits for the telescope.</summary>
    private static async Task<IResult> ControlAsync(Guid id, string action, string? value, HttpContext context, TelescopeRegistry registry, ServerOptions options)
    {
        if (registry.Find(id) is not { } telescope)
        {
            return Unknown();
        }

        var control = new TelescopeControl(telescope, options, Caller(context));
        try
        {
            await Task.Run(() => Act(control, action, value ?? string.Empty), context.RequestAborted);
            return Results.NoContent();
        }
        catch (DriverException refusal)
        {
            return Results.Text(refusal.Message, statusCode: StatusCodes.Status409Conflict);
        }
    }

    private static void Act(TelescopeControl control, string action, string value)
    {
        switch (action)
        {
            case "gain":
                control.Gain = (int)Number(value);
                break;
            case "exposure":
                control.SubExposure = Number(value);
                break;
            case "filter":
                control.SetFilter(value);
                break;
            case "heater":
                control.SetDewHeater(value);
                break;
            case "start":
                control.StartStacking();
                break;
            case "stop":
                control.StopStacking();
                break;
            default:
                throw DriverException.ActionNotImplemented($"There is nothing called {action}; there are gain, exposure, filter, heater, start and stop.");
        }
    }

    private static double Number(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e6
            ? number
            : throw DriverException.InvalidValue($"A number is wanted, not '{value}'.");

    private static JsonObject Describe(Telescope telescope, CameraCatalog catalog, ServerOptions options, IPAddress caller)
    {
        var (record, snapshot) = (telescope.Record, telescope.Session.Snapshot);
        var (known, control) = (snapshot.Telescope, new TelescopeControl(telescope, options, caller));
        return new JsonObject
        {
            ["cameras"] = new JsonArray([.. catalog.Cameras.Where(device => device.Telescope == telescope).Select(device => (JsonNode)new JsonObject
            {
                ["number"] = device.Number,
                ["format"] = Name(device.Format),
                ["name"] = FormatNames.Of(device.Format).Name,
            })]),
            ["formats"] = new JsonArray([.. OfferedFormats.OptIn.Select(format => (JsonNode)new JsonObject
            {
                ["format"] = Name(format),
                ["name"] = FormatNames.Of(format).Name,
                ["chosen"] = record.Choices.Formats.Contains(format),
                ["configured"] = options.Formats.Contains(format),
                ["possible"] = OfferedFormats.IsPossible(record, format),
            })]),
            ["planeOrder"] = Name(record.Choices.PlaneOrder ?? options.PlaneOrder),
            ["subPhase"] = Name(record.Choices.SubPhase ?? options.SubPhase),
            ["exposureSeconds"] = known.SubExposure?.TotalSeconds,
            ["graceSeconds"] = options.Grace.TotalSeconds,
            ["newFrameSeconds"] = options.NewFrameTimeout.TotalSeconds,
            ["control"] = new JsonObject
            {
                ["obstacle"] = control.Obstacle,
                ["restart"] = options.AllowRestart,
                ["gain"] = known.Gain,
                ["gainMin"] = control.GainRange.Lowest,
                ["gainMax"] = control.GainRange.Highest,
                ["exposures"] = new JsonArray([.. control.Exposures.Select(exposure => (JsonNode)exposure)]),
                ["filter"] = known.LpFilter switch { true => "LP", false => "IRCUT", null => null },
                ["heater"] = known.DewHeaterPercent,
                ["stacking"] = known.IsStacking,
                ["own"] = snapshot.IsOwnStack,
            },
        };
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static IPAddress Caller(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;

    private static IResult Unknown() => Results.Text("There is no such telescope.", statusCode: StatusCodes.Status404NotFound);
}
