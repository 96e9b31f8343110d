using System.Collections.Concurrent;
using Chat.Contracts;
using Chat.Hub.Hubs;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Hub.Delivery;

/// <summary>The open connections of this node, to be closed with a reason.</summary>
internal sealed partial class Connections(IHubContext<ChatHub, IChatClient> hub, TimeProvider clock, ILogger<Connections> logger)
{
    // Time for the last words to leave.
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(1);

    // In the items of a connection.
    private static readonly object TokenKey = new();

    private readonly ConcurrentDictionary<string, ConnectionContext> open = [];
    private readonly ConcurrentDictionary<string, string> tokens = [];

    public IReadOnlyCollection<string> Ids => [.. open.Keys];

    public bool IsEmpty => open.IsEmpty;

    public int Count => open.Count;

    public void Add(ConnectionContext connection)
    {
        open[connection.ConnectionId] = connection;
        if (connection.GetHttpContext() is not { } http) return;
        if (TokenOf(http) is { Length: > 0 } token)
        {
            tokens[token] = connection.ConnectionId;
            connection.Items[TokenKey] = token;
        }
        if (http.WebSockets.IsWebSocketRequest) Forget(http);
    }

    public void Remove(ConnectionContext connection)
    {
        open.TryRemove(connection.ConnectionId, out _);
        if (connection.Items.TryGetValue(TokenKey, out var token)) tokens.TryRemove((string)token!, out _);
    }

    /// <summary>Whether the request is a further one of an open connection: a poll, or something sent beside an event stream.</summary>
    public bool Owns(HttpContext http) => TokenOf(http) is { Length: > 0 } token && tokens.ContainsKey(token);

    // A browser's access token is part of the address, which the connection would keep three times over as long as it lives.
    private static void Forget(HttpContext http)
    {
        http.Request.Query = QueryCollection.Empty;
        var request = http.Features.GetRequiredFeature<IHttpRequestFeature>();
        request.QueryString = "";
        request.RawTarget = request.Path;
    }

    private static string? TokenOf(HttpContext? http) => http?.Request.Query["id"];

    /// <summary>Says why, and closes after a moment; a connection that is not here is passed over.</summary>
    public async Task Close(string connectionId, CloseCode code)
    {
        if (!open.TryGetValue(connectionId, out var connection)) return;
        LogClosing(connectionId, code);
        await hub.Clients.Client(connectionId).Closing(Closings.Of(code));
        try
        {
            // A client that obeys goes by itself, and nothing is cut off on its way.
            await Task.Delay(Goodbye, clock, connection.ConnectionClosed);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        connection.Abort(new ConnectionAbortedException($"Closed: {code}."));
    }

    [LoggerMessage(14, LogLevel.Information, "Connection {ConnectionId} is closed: {Code}.")]
    private partial void LogClosing(string connectionId, CloseCode code);
}
