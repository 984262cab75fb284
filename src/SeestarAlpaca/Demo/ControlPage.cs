using System.Net;
using System.Text;
using SeestarAlpaca.Options;
using SeestarAlpaca.Simulator;
using SeestarAlpaca.Simulator.Faults;
using SeestarAlpaca.Simulator.Scenario;
using SeestarAlpaca.Web;

namespace SeestarAlpaca.Demo;

/// <summary>A page on this machine only, with buttons for the weather, the people and the faults of a simulated telescope.</summary>
internal static class ControlPage
{
    /// <summary>Serves the page until what is returned is disposed.</summary>
    /// <param name="simulator">The telescope.</param>
    /// <param name="port">TCP port on 127.0.0.1; 0 for any free one.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="OptionsException">The port cannot be had.</exception>
    public static async Task<WebApplication> StartAsync(SeestarSimulator simulator, int port, CancellationToken cancellationToken)
    {
        if (port is < 0 or > IPEndPoint.MaxPort)
        {
            throw new OptionsException($"--control-page is a port from 0 to {IPEndPoint.MaxPort}, not {port}.");
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        ServerLogging.Configure(builder.Logging);

        // What prevents the start is told below, in a sentence.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(new ServerOptions { LoopbackOnly = true });
        var page = builder.Build();
        page.UseMiddleware<PageGuard>();
        Map(page, simulator);
        try
        {
            await page.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            await page.DisposeAsync();
            throw new OptionsException($"Port {port} of --control-page cannot be had: {exception.Message} Choose another, or 0 for any.");
        }

        return page;
    }

    private static void Map(WebApplication page, SeestarSimulator simulator)
    {
        page.MapGet("/", context => PageRoutes.WriteAsync(context, "simulator.html"));
        page.MapGet("/assets/{file}", (HttpContext context, string file) => PageRoutes.WriteAsync(context, file));
        page.MapGet("/state", () => simulator.Scenario.State);
        page.MapGet("/actions", () => ScenarioControl.Known);
        page.MapGet("/faults", () => FaultControl.Known);
        page.MapPost("/actions/{name}", (HttpRequest request, string name) => Do(simulator, request, ScenarioControl.Known, name));
        page.MapPost("/faults/{name}", (HttpRequest request, string name) => Do(simulator, request, FaultControl.Known, name));
        page.MapDelete("/faults", () =>
        {
            simulator.Faults.Clear();
            return Results.NoContent();
        });
    }

    /// <summary>The arguments are those of the address: <c>POST /faults/wrong-crc?count=3</c>.</summary>
    private static IResult Do(SeestarSimulator simulator, HttpRequest request, IReadOnlyList<DirectiveKind> kinds, string name)
    {
        if (kinds.All(kind => kind.Name != name))
        {
            return Refuse(StatusCodes.Status404NotFound, $"There is no '{name}' here; there are {string.Join(", ", kinds.Select(kind => kind.Name))}.");
        }

        try
        {
            simulator.Scenario.Do(ScenarioControl.Parse(name, request.Query.Select(argument => KeyValuePair.Create(argument.Key, argument.Value.ToString()))));
            return Results.NoContent();
        }
        catch (FormatException exception)
        {
            return Refuse(StatusCodes.Status400BadRequest, exception.Message);
        }
    }

    private static IResult Refuse(int status, string sentence) => Results.Text(sentence, "text/plain", Encoding.UTF8, status);
}
