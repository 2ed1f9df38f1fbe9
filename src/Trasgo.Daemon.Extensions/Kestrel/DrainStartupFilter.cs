using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Primitives;

namespace Trasgo.Daemon.Extensions;

/// <summary>Stands in front of everything else: tells the <see cref="ConnectionDrain"/> of requests, and clients to come back on a new connection.</summary>
internal sealed class DrainStartupFilter(ConnectionDrain drain) : IStartupFilter
{
    private static readonly StringValues s_close = "close";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
    {
        application.Use((context, following) =>
        {
            drain.OnRequest(context.Features.Get<IConnectionItemsFeature>()?.Items);
            context.Response.OnStarting(static state =>
            {
                var (drain, response) = ((ConnectionDrain, Microsoft.AspNetCore.Http.HttpResponse))state;
                if (drain.IsDraining)
                {
                    response.Headers.Connection = s_close;
                }

                return Task.CompletedTask;
            }, (drain, context.Response));
            return following(context);
        });
        next(application);
    };
}
