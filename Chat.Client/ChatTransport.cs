namespace Chat.Client;

/// <summary>What carries the connection.</summary>
public enum ChatTransport
{
    /// <summary>A WebSocket; where something on the way refuses it server-sent events (JSON only), else long polling.</summary>
    Any = 0,

    /// <summary>
    /// A WebSocket without negotiating first: one round trip less, and no proxy must keep several requests on one node. Where
    /// WebSockets are refused it never connects.
    /// </summary>
    WebSocketsOnly,
}
