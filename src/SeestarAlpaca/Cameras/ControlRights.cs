using System.Net;
using SeestarAlpaca.Options;
using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Session;

namespace SeestarAlpaca.Cameras;

/// <summary>Who may tell a telescope what to do: nobody, unless the server's user allows it, the caller is one of those allowed, and the telescope takes commands. Pure.</summary>
internal static class ControlRights
{
    /// <summary>What is missing, in a sentence with its remedy; null when the caller may control.</summary>
    public static string? Obstacle(ServerOptions options, IPAddress caller, SessionSnapshot snapshot) => ServersObstacle(options, caller) ?? snapshot.Access switch
    {
        _ when snapshot.Control.Phase != LinkPhase.Open => "The telescope's control port is not connected at the moment; try again when the telescope is there.",
        Access.Unlocked or Access.Verified => null,
        Access.Unknown => "The telescope has not said yet whether it takes commands; try again in a few seconds.",
        Access.KeyRefused => "The telescope has refused the key in KeyFile; its firmware takes commands only with the right key. Pictures are free.",
        _ => "The telescope's firmware takes commands only with a key: name your RSA private key in the option KeyFile. Pictures are free.",
    };

    /// <summary>Whether the caller may control as far as the server is concerned, and the telescope has yet to say.</summary>
    public static bool IsUndecided(ServerOptions options, IPAddress caller, SessionSnapshot snapshot) =>
        ServersObstacle(options, caller) is null
        && (snapshot.Access == Access.Unknown || (snapshot.Access is Access.Unlocked or Access.Verified && snapshot.Telescope is { Gain: null } or { SubExposure: null }));

    private static string? ServersObstacle(ServerOptions options, IPAddress caller)
    {
        if (!options.AllowControl)
        {
            return "Control is off: the server only watches telescopes. Set the option AllowControl to true to change that.";
        }

        if (!options.Events)
        {
            return "Control needs the telescope's control port, which the option Events keeps the server from. Set it to true.";
        }

        var address = caller.IsIPv4MappedToIPv6 ? caller.MapToIPv4() : caller;
        return options.AllowControlFrom.Any(network => network.Contains(address))
            ? null
            : $"Control is not allowed from {address}, only from {string.Join(", ", options.AllowControlFrom)}. Add it to the option AllowControlFrom.";
    }
}
