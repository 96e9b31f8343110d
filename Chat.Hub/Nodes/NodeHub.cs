namespace Chat.Hub.Nodes;

/// <summary>Never mapped: it names the channels on which SignalR's Redis backplane carries messages from node to node.</summary>
internal sealed class NodeHub : Microsoft.AspNetCore.SignalR.Hub
{
    public const string Say = "Say";
}
