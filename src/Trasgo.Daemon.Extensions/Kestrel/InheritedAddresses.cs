using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Trasgo.Daemon.Extensions;

/// <summary>
/// Takes the configured addresses away where inherited sockets are used in their place: Kestrel would not listen on them either, but warn of it at each start.
/// </summary>
internal sealed class InheritedAddresses : IStartupFilter
{
    /// <summary>Kestrel has been given a socket. It is configured before the first filter is asked.</summary>
    public bool AreUsed { get; set; }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
    {
        if (AreUsed)
        {
            application.ServerFeatures.Get<IServerAddressesFeature>()?.Addresses.Clear();
        }

        next(application);
    };
}
