using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Operations;

/// <summary>Who is behind a trusted proxy: the limits by address count the client, not the proxy.</summary>
internal static class ForwardedAddresses
{
    /// <summary>For the endpoints of this group only: an application that Chat is part of has its own way.</summary>
    public static void BelieveProxies(this RouteGroupBuilder routes)
    {
        var services = ((IEndpointRouteBuilder)routes).ServiceProvider;
        var options = Options.Create(Forwarded(services.GetRequiredService<IOptions<ProxyOptions>>().Value));
        // The middleware would believe everybody if it knew nobody.
        if (options.Value is { KnownProxies.Count: 0, KnownIPNetworks.Count: 0 }) return;

        var logs = services.GetRequiredService<ILoggerFactory>();
        // Finally: around all that other conventions put around an endpoint, which look at the address.
        ((IEndpointConventionBuilder)routes).Finally(endpoint =>
        {
            if (endpoint.RequestDelegate is { } handle)
                endpoint.RequestDelegate = new ForwardedHeadersMiddleware(http => handle(http), logs, options).Invoke;
        });
    }

    private static ForwardedHeadersOptions Forwarded(ProxyOptions proxies)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // As far back as each is a known proxy.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies.Listed)
        {
            if (IPAddress.TryParse(proxy, out var address)) options.KnownProxies.Add(address);
            else options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }
        return options;
    }
}
