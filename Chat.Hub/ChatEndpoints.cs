using Chat.Contracts;
using Chat.Hub.Attachments;
using Chat.Hub.Delivery;
using Chat.Hub.Hubs;
using Chat.Hub.Integrations;
using Chat.Hub.Operations;
using Chat.Hub.Page;
using Chat.Hub.SignIn;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Chat.Hub;

/// <summary>Maps Chat into an ASP.NET Core application.</summary>
public static class ChatEndpoints
{
    /// <summary>
    /// Maps the hub, sign-in, attachments, health and the page below a prefix. Who calls them is decided by Chat's own tokens, whatever
    /// the application's authentication is.
    /// </summary>
    /// <param name="routes">The application.</param>
    /// <param name="prefix">Such as "/team"; empty for the root.</param>
    /// <returns>The group of all endpoints, for conventions of the application such as host names or CORS.</returns>
    /// <exception cref="InvalidOperationException">AddChat was not called.</exception>
    public static RouteGroupBuilder MapChat(this IEndpointRouteBuilder routes, string prefix = "")
    {
        if (routes.ServiceProvider.GetService<ConnectionGate>() is not { } gate)
            throw new InvalidOperationException("MapChat needs the services of AddChat: call builder.AddChat() before builder.Build().");

        // Now, not at the first sign-in: a weak key must stop the start.
        _ = routes.ServiceProvider.GetRequiredService<SigningKey>();

        var group = routes.MapGroup(prefix);
        MapHub(group, gate, routes.ServiceProvider);
        group.MapSignIn();
        group.MapAttachments();
        group.MapWebhooks();
        group.MapBots();
        group.MapRooms();
        group.MapDescription();
        group.MapHealth();
        group.MapMetrics();
        group.MapPage();
        group.BelieveProxies();
        group.WithMetadata(new AllowedOrigins.Mark());
        return group;
    }

    private static void MapHub(RouteGroupBuilder group, ConnectionGate gate, IServiceProvider services)
    {
        var limits = services.GetRequiredService<IOptions<DeliveryOptions>>().Value;
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger<BudgetedTransport>();
        var metrics = services.GetRequiredService<ChatMetrics>();
        var clock = services.GetRequiredService<TimeProvider>();
        var open = services.GetRequiredService<Connections>();
        var options = new HttpConnectionDispatcherOptions
        {
            // A connection lives as long as its session does, and that goes on as long as the connection is there.
            CloseOnAuthenticationExpiration = false,
            TransportMaxBufferSize = limits.UnreadBytes,
            ApplicationMaxBufferSize = limits.FrameBytes + 1,
        };
        options.AuthorizationData.Add(new Microsoft.AspNetCore.Authorization.AuthorizeAttribute { AuthenticationSchemes = TokenChecking.Scheme });

        group.MapConnections(ChatPaths.Hub, options, connections =>
            {
                connections.Use(next => async connection =>
                {
                    using var counted = gate.Enter(connection.GetHttpContext());
                    // One too many, or let in just before the stop and too late for the framework's closing of all.
                    if (counted is null || gate.IsStopping)
                    {
                        connection.Abort();
                        return;
                    }
                    var live = new Liveness(connection.Transport.Input, connection, TimeSpan.FromSeconds(limits.ClientTimeoutSeconds), metrics, clock);
                    live.Watch();
                    var line = connection.GetHttpContext()?.Features.Get<DirectLine>();
                    connection.Features.Set(line);
                    connection.Transport = new BudgetedTransport(connection.Transport, live, line, connection, metrics, logger);
                    open.Add(connection);
                    try
                    {
                        await next(connection);
                    }
                    finally
                    {
                        open.Remove(connection);
                    }
                });
                connections.UseHub<ChatHub>();
            })
            .RequireAuthorization(TokenChecking.Policy)
            .WithMetadata(new HubMetadata(typeof(ChatHub)))
            .Add(endpoint =>
            {
                var connect = endpoint.RequestDelegate!;
                endpoint.RequestDelegate = http => gate.Admit(http, admitted =>
                {
                    if (limits.DirectWrites) DirectWebSockets.Offer(admitted);
                    return connect(admitted);
                });
            });
    }
}
