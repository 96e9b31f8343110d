using Chat.Contracts;

namespace Chat.Client.Views;

/// <summary>What to call a room: its name; of a direct room the names of the others, or one's own where there are none.</summary>
internal sealed class Titles
{
    // Those of a direct room are the same for ever, and keep their names when they leave.
    private readonly Dictionary<Guid, string> names = [];

    public string Of(Room room, Member? membership, Guid? me, IReadOnlyList<Member> members, IReadOnlyList<Message> messages)
    {
        if (room.Kind is not RoomKind.Direct) return room.Name;
        var others = room.Between.Where(id => id != me).ToList();
        if (others.Count is 0) return membership?.Name ?? room.Name;
        foreach (var message in messages)
            if (message.AuthorId is { } author && others.Contains(author)) names.TryAdd(author, message.AuthorName);
        foreach (var member in members)
            if (others.Contains(member.UserId)) names[member.UserId] = member.Name;
        return string.Join(", ", others.Select(id => names.GetValueOrDefault(id)).Where(name => name is not null).OrderBy(name => name, StringComparer.OrdinalIgnoreCase));
    }
}
