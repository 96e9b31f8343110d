namespace Chat.Hub.Nodes;

/// <summary>This server process among the others; another one after each start.</summary>
internal sealed class NodeIdentity
{
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>As SignalR writes an id.</summary>
    public string Key => Id.ToString("N");
}
