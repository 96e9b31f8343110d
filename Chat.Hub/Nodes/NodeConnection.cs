using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Hub.Nodes;

/// <summary>
/// This node as a connection of the backplane: what SignalR's Redis manager would write to a client's socket is handed to
/// the node. So clients' connections never touch Redis, and come and go whether it is there or not.
/// </summary>
internal sealed class NodeConnection(string id, NodeProtocol protocol, Action<Envelope> heard, ILoggerFactory loggers)
    : HubConnectionContext(new DefaultConnectionContext(id), new HubConnectionContextOptions(), loggers)
{
    public override ValueTask WriteAsync(SerializedHubMessage message, CancellationToken cancellationToken = default)
    {
        if (protocol.Read(message) is { } envelope) heard(envelope);
        return ValueTask.CompletedTask;
    }
}
