using Chat.Client.Events;
using Chat.Client.Rooms;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chat.Client.Connecting;

/// <summary>Makes links: SignalR's connection with the contract's wires, and nothing of its automatic reconnect.</summary>
internal sealed class LinkMaker(ClientGear gear, RoomBook book, Backoff backoff, ClientEvents events)
{
    private readonly ChatClientOptions options = gear.Options;

    public Backoff Backoff => backoff;

    public Link Make()
    {
        Link? link = null;
        // New each time, so that the next link may be on another node. Not from options.Random: programs that seed all their
        // clients alike would have them all on one.
        var address = options.Server.Below(ChatPaths.Hub).With(ChatPaths.HubAffinity, Guid.NewGuid().ToString("N"));
        var builder = new HubConnectionBuilder()
            .WithUrl(address, http => Configure(http, () => link))
            .WithServerTimeout(options.ServerTimeout)
            .WithKeepAliveInterval(options.KeepAlive);
        builder.Services.AddSingleton(options.TransportLoggerFactory);
        builder.Services.AddSingleton<IHubProtocol>(new ListeningProtocol(Wire(), closing => link?.Hear(closing), () => link?.FrameBytes ?? int.MaxValue));
        var connection = builder.Build();

        link = new Link(connection, book, backoff, gear);
        Inbox.Register(connection, new Inbox(link, book, events));
        return link;
    }

    private IHubProtocol Wire()
    {
        if (options.Protocol == ChatProtocol.MessagePack) return MessagePackWire.Make();
        var json = new JsonHubProtocolOptions();
        ChatJson.Configure(json.PayloadSerializerOptions);
        return new JsonHubProtocol(Options.Create(json));
    }

    private void Configure(HttpConnectionOptions http, Func<Link?> link)
    {
        http.AccessTokenProvider = () => options.TokenAsync(link()?.Lifetime ?? default);
        if (options.Transport == ChatTransport.WebSocketsOnly) (http.Transports, http.SkipNegotiation) = (HttpTransportType.WebSockets, true);
        options.ConfigureHttp?.Invoke(http);
        var theirs = http.HttpMessageHandlerFactory;
        http.HttpMessageHandlerFactory = inner => new RefusalReader(theirs?.Invoke(inner) ?? inner, gear.Time, wait =>
        {
            if (link() is { } refused) refused.RetryAfter = wait;
        });
    }
}
