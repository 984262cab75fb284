using Microsoft.Extensions.DependencyInjection.Extensions;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Alpaca.Devices;
using SeestarAlpaca.Alpaca.Http;
using SeestarAlpaca.Alpaca.Management;
using SeestarAlpaca.Alpaca.Sessions;

namespace SeestarAlpaca.Alpaca;

/// <summary>Adds the Alpaca API to a host.</summary>
public static class AlpacaRegistration
{
    /// <summary>
    /// Adds the services behind <see cref="MapAlpaca"/>. The host registers <see cref="IDeviceCatalog"/> as a singleton, and
    /// <see cref="AlpacaServerInfo"/> in any lifetime: it is asked for at each request, so a name changed in the settings shows at once.
    /// <see cref="TimeProvider"/> defaults to the system's clock.
    /// </summary>
    public static IServiceCollection AddAlpaca(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => new TransactionCounter());
        services.TryAddSingleton<RequestGuard>();
        services.TryAddSingleton<ApiRoutes>();
        services.TryAddSingleton<ManagementRoutes>();
        return services.AddDeviceType<ICameraV4>(ICameraDevice.TypeName, CameraMembers.Add);
    }

    /// <summary>
    /// Maps everything below /api and /management; addresses that the host maps there itself go first. The setup pages belong to the host.
    /// </summary>
    public static IEndpointConventionBuilder MapAlpaca(this IEndpointRouteBuilder endpoints)
    {
        var guard = endpoints.ServiceProvider.GetRequiredService<RequestGuard>();
        var api = endpoints.ServiceProvider.GetRequiredService<ApiRoutes>();
        var management = endpoints.ServiceProvider.GetRequiredService<ManagementRoutes>();

        var group = endpoints.MapGroup("");
        group.Map("/api/{**path}", context => guard.RunAsync(context, api.HandleAsync));
        group.Map("/management/{**path}", context => guard.RunAsync(context, management.HandleAsync));
        return group;
    }

    private static IServiceCollection AddDeviceType<TDriver>(this IServiceCollection services, string deviceType, Action<DeviceMembers<TDriver>> declare)
        where TDriver : class, IAscomDeviceV2
    {
        services.AddSingleton(provider => new ClientSessions<TDriver>(
            provider.GetRequiredService<IDeviceCatalog>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ClientSessions<TDriver>>>()));
        services.AddSingleton<IDeviceRoutes>(provider =>
        {
            var members = new DeviceMembers<TDriver>();
            declare(members);
            return new DeviceRoutes<TDriver>(
                deviceType,
                members.Freeze(),
                provider.GetRequiredService<IDeviceCatalog>(),
                provider.GetRequiredService<ClientSessions<TDriver>>());
        });
        return services;
    }
}
