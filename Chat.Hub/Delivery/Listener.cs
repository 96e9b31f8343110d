using Microsoft.AspNetCore.SignalR;

namespace Chat.Hub.Delivery;

/// <summary>A connection that is told things.</summary>
/// <param name="Connection">To SignalR.</param>
/// <param name="Line">Its socket; null where there is only SignalR's way to it.</param>
internal sealed record Listener(HubConnectionContext Connection, DirectLine? Line);
