using System.Globalization;
using System.Net;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Seestar.Control;
using SeestarAlpaca.Seestar.Discovery;

namespace SeestarAlpaca.Options;

/// <summary>Options cannot be used; the message says which, why, and what would be right.</summary>
public sealed class OptionsException(string message) : Exception(message);

/// <summary>Turns configuration into <see cref="ServerOptions"/>, or into a sentence that says what is wrong with it. Pure but for the key file.</summary>
public static class ServerOptionsReader
{
    private static readonly string[] Known = [.. typeof(ServerOptions).GetProperties().Select(property => property.Name)];

    /// <summary>Reads and checks all options.</summary>
    /// <exception cref="OptionsException">Something is wrong.</exception>
    public static ServerOptions Read(IConfigurationRoot configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        RefuseUnknown(configuration);

        var defaults = new ServerOptions();
        var demo = Flag(configuration, nameof(ServerOptions.Demo), defaults.Demo);
        var options = new ServerOptions
        {
            Port = Text(configuration, nameof(ServerOptions.Port)) is null ? null : Whole(configuration, nameof(ServerOptions.Port), 0, 0, 65535),
            DiscoveryPort = Whole(configuration, nameof(ServerOptions.DiscoveryPort), defaults.DiscoveryPort, 0, 65535),
            LoopbackOnly = Flag(configuration, nameof(ServerOptions.LoopbackOnly), defaults.LoopbackOnly),
            Data = Text(configuration, nameof(ServerOptions.Data)),
            Telescopes = [.. List(configuration, nameof(ServerOptions.Telescopes)).Select(Address)],
            FindTelescopes = Flag(configuration, nameof(ServerOptions.FindTelescopes), !demo) && !demo,
            Demo = demo,
            InterfaceVersion = Whole(configuration, nameof(ServerOptions.InterfaceVersion), defaults.InterfaceVersion, 3, 4),
            Mosaic = Choice(configuration, nameof(ServerOptions.Mosaic), defaults.Mosaic),
            Formats = [.. List(configuration, nameof(ServerOptions.Formats)).Select(Format).Distinct()],
            PlaneOrder = Choice(configuration, nameof(ServerOptions.PlaneOrder), defaults.PlaneOrder),
            SubPhase = Choice(configuration, nameof(ServerOptions.SubPhase), defaults.SubPhase),
            Grace = Seconds(configuration, nameof(ServerOptions.Grace), defaults.Grace, 0, 8),
            NewFrameTimeout = Seconds(configuration, nameof(ServerOptions.NewFrameTimeout), defaults.NewFrameTimeout, 1, 3600),
            MaxStackAge = Seconds(configuration, nameof(ServerOptions.MaxStackAge), defaults.MaxStackAge, 10, 86400),
            Events = Flag(configuration, nameof(ServerOptions.Events), defaults.Events),
            KeepWatching = Flag(configuration, nameof(ServerOptions.KeepWatching), defaults.KeepWatching),
            AllowControl = Flag(configuration, nameof(ServerOptions.AllowControl), defaults.AllowControl),
            AllowControlFrom = List(configuration, nameof(ServerOptions.AllowControlFrom)).ToList() is { Count: > 0 } from
                ? [.. from.SelectMany(Networks)]
                : defaults.AllowControlFrom,
            AllowRestart = Flag(configuration, nameof(ServerOptions.AllowRestart), defaults.AllowRestart),
            KeyFile = Text(configuration, nameof(ServerOptions.KeyFile)),
            AllowedHosts = [.. List(configuration, nameof(ServerOptions.AllowedHosts)).Select(host => host.TrimEnd('.').ToLowerInvariant())],
            AccessToken = Text(configuration, nameof(ServerOptions.AccessToken)),
            Record = Text(configuration, nameof(ServerOptions.Record)),
            Location = Text(configuration, nameof(ServerOptions.Location)) ?? defaults.Location,
        };

        Require(
            !demo || options.Telescopes.Count == 0,
            "Demo shows a simulated telescope alone; leave out Telescopes, or leave out Demo.");
        Require(
            options.AccessToken is null or { Length: >= 12 },
            "AccessToken has fewer than 12 characters; choose a longer one.");
        Require(
            options.AllowControl || !options.AllowRestart,
            "AllowRestart needs AllowControl; set both to true, or leave both out.");
        return options;
    }

    /// <summary>The private key that the options name, checked.</summary>
    /// <exception cref="OptionsException">The file cannot be read or holds no key.</exception>
    public static string? ReadKey(ServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.KeyFile is not { } file)
        {
            return null;
        }

        try
        {
            var pem = File.ReadAllText(file);
            return Authentication.Problem(pem) is { } problem ? throw new OptionsException($"KeyFile {file} cannot be used. {problem}") : pem;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OptionsException($"KeyFile {file} cannot be read: {exception.Message}");
        }
    }

    private static void RefuseUnknown(IConfiguration configuration)
    {
        // Logging belongs to the framework; everything else in the file is ours or a slip of the pen.
        foreach (var child in configuration.GetChildren())
        {
            Require(
                child.Key.Equals("Logging", StringComparison.OrdinalIgnoreCase) || Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase),
                $"There is no option {child.Key}. Options are {string.Join(", ", Known)}.");
        }
    }

    private static TelescopeAddress Address(string text) =>
        TelescopeAddress.TryParse(text, out var address, out var error) ? address : throw new OptionsException($"Telescopes: {error}");

    /// <summary>loopback, an address, or a network such as 192.168.1.0/24.</summary>
    private static IEnumerable<IPNetwork> Networks(string text)
    {
        if (text.Equals("loopback", StringComparison.OrdinalIgnoreCase))
        {
            return new ServerOptions().AllowControlFrom;
        }

        return IPAddress.TryParse(text, out var address) ? [new IPNetwork(address, 8 * address.GetAddressBytes().Length)]
            : IPNetwork.TryParse(text, out var network) ? [network]
            : throw new OptionsException($"AllowControlFrom holds loopback, addresses, or networks such as 192.168.1.0/24, not {text}.");
    }

    private static CameraFormat Format(string text) =>
        Enum.TryParse<CameraFormat>(text, ignoreCase: true, out var format) && OfferedFormats.OptIn.Contains(format)
            ? format
            : throw new OptionsException($"Formats are some of {string.Join(", ", OfferedFormats.OptIn)}, not {text}; the live stack's two cameras are always there.");

    private static string? Text(IConfiguration configuration, string name) => string.IsNullOrWhiteSpace(configuration[name]) ? null : configuration[name]!.Trim();

    /// <summary>A list replaces that of a weaker source as a whole: mixed item by item, two lists would become a third one.</summary>
    private static IEnumerable<string> List(IConfigurationRoot configuration, string name)
    {
        foreach (var provider in configuration.Providers.Reverse())
        {
            if (provider.TryGet(name, out var text) && text is not null)
            {
                return text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            }

            string[] items = [.. provider.GetChildKeys([], name).Select(key => provider.TryGet($"{name}:{key}", out var item) ? item?.Trim() : null).OfType<string>()];
            if (items.Length > 0)
            {
                return items.Where(item => item.Length > 0);
            }
        }

        return [];
    }

    private static bool Flag(IConfiguration configuration, string name, bool fallback) => Text(configuration, name) switch
    {
        null => fallback,
        { } text when bool.TryParse(text, out var flag) => flag,
        { } text => throw new OptionsException($"{name} is true or false, not {text}."),
    };

    private static int Whole(IConfiguration configuration, string name, int fallback, int least, int most) => Text(configuration, name) switch
    {
        null => fallback,
        { } text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most => number,
        { } text => throw new OptionsException($"{name} is a whole number from {least} to {most}, not {text}."),
    };

    private static TimeSpan Seconds(IConfiguration configuration, string name, TimeSpan fallback, double least, double most) => Text(configuration, name) switch
    {
        null => fallback,
        { } text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds >= least && seconds <= most => TimeSpan.FromSeconds(seconds),
        { } text => throw new OptionsException($"{name} is a number of seconds from {least} to {most}, not {text}."),
    };

    private static T Choice<T>(IConfiguration configuration, string name, T fallback)
        where T : struct, Enum => Text(configuration, name) switch
        {
            null => fallback,
            { } text when Enum.TryParse<T>(text, ignoreCase: true, out var choice) && Enum.IsDefined(choice) => choice,
            { } text => throw new OptionsException($"{name} is one of {string.Join(", ", Enum.GetNames<T>())}, not {text}."),
        };

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new OptionsException(message);
        }
    }
}
