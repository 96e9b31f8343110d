using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Delivery;

/// <summary>
/// Accepts WebSockets over plain TCP so that rooms can be told by writing to their sockets; all others (TLS, HTTP/2) are left
/// to the framework.
/// </summary>
internal sealed class DirectWebSockets(HttpContext http, IHttpUpgradeFeature upgrade, DirectLine line) : IHttpWebSocketFeature
{
    // https://www.rfc-editor.org/rfc/rfc6455#section-1.3
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public bool IsWebSocketRequest => true;

    /// <summary>Takes the request on, where it can.</summary>
    public static void Offer(HttpContext http)
    {
        var headers = http.Request.Headers;
        // What a proxy says of its own client's TLS does not matter, only this connection's.
        if (http.Features.Get<ITlsHandshakeFeature>() is not null || !HttpMethods.IsGet(http.Request.Method)
            || http.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade
            || http.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket
            || headers.SecWebSocketVersion is not ["13"] || headers.SecWebSocketKey is not [{ Length: 24 }]
            || !headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
            || RestrictsOrigins(http))
            return;
        socket.Blocking = false;
        var line = new DirectLine(socket);
        http.Features.Set(line);
        http.Features.Set<IHttpWebSocketFeature>(new DirectWebSockets(http, upgrade, line));
    }

    // What the application asks of its WebSockets is looked at by the framework, as it takes them on.
    private static bool RestrictsOrigins(HttpContext http) =>
        http.RequestServices.GetService<IOptions<WebSocketOptions>>()?.Value.AllowedOrigins is { Count: > 0 } origins && !origins.Contains("*");

    [SuppressMessage("Security", "CA5350", Justification = "SHA-1 is the protocol's own, and guards no secret.")]
    public async Task<WebSocket> AcceptAsync(WebSocketAcceptContext context)
    {
        var response = http.Response.Headers;
        response.Connection = "Upgrade";
        response.Upgrade = "websocket";
        response.SecWebSocketAccept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(http.Request.Headers.SecWebSocketKey + Magic)));
        if (context.SubProtocol is { } protocol) response.SecWebSocketProtocol = protocol;
        var stream = await upgrade.UpgradeAsync();
        return WebSocket.CreateFromStream(new DirectStream(stream, line), new WebSocketCreationOptions
        {
            IsServer = true,
            SubProtocol = context.SubProtocol,
            KeepAliveInterval = context.KeepAliveInterval ?? TimeSpan.Zero,
        });
    }
}
