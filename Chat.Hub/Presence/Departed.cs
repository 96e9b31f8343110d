namespace Chat.Hub.Presence;

/// <summary>The last who went, so that their going can be told without asking the store for each. Not safe for many threads.</summary>
internal sealed class Departed
{
    private const int Most = 10_000;

    private readonly Dictionary<Guid, LinkedListNode<(Guid UserId, Face Face)>> faces = [];
    private readonly LinkedList<(Guid UserId, Face Face)> order = [];

    public Face? Find(Guid userId) => faces.GetValueOrDefault(userId)?.Value.Face;

    public void Add(Guid userId, Face face)
    {
        Remove(userId);
        faces[userId] = order.AddLast((userId, face));
        if (order.Count > Most) Remove(order.First!.Value.UserId);
    }

    public void Remove(Guid userId)
    {
        if (faces.Remove(userId, out var node)) order.Remove(node);
    }
}
