using Chat.Contracts;
using Chat.Contracts.Wire;

namespace Chat.Hub.Rooms;

/// <summary>
/// What a room says of itself. Clients count its members by it: whoever comes or goes is told by exactly one of joined,
/// left, kicked and banned.
/// </summary>
internal static class SystemMessages
{
    public static Message Welcome(Room room, Speaker? founder, DateTimeOffset now) => Say(
        room.RoomId,
        founder is null ? $"Welcome to {room.Name}." : $"{founder.Name} created {room.Name}.",
        Event(SystemEventKind.Welcome, founder, value: room.Name),
        now);

    public static Message Joined(Member member, DateTimeOffset now) =>
        Say(member.RoomId, $"{member.Name} joined.", By(SystemEventKind.Joined, member), now);

    public static Message Left(Member member, DateTimeOffset now) =>
        Say(member.RoomId, $"{member.Name} left.", By(SystemEventKind.Left, member), now);

    public static Message Kicked(Member member, Speaker actor, DateTimeOffset now) => Say(
        member.RoomId, $"{actor.Name} removed {member.Name}.", Event(SystemEventKind.Kicked, actor, member, member.Reason), now);

    public static Message Banned(Member member, Speaker actor, DateTimeOffset now) => Say(
        member.RoomId, $"{actor.Name} banned {member.Name}.", Event(SystemEventKind.Banned, actor, member, member.Reason), now);

    public static Message Muted(Member member, Speaker actor, DateTimeOffset now) => member.MutedUntil is null
        ? Say(member.RoomId, $"{actor.Name} let {member.Name} write again.", Event(SystemEventKind.Unmuted, actor, member), now)
        : Say(member.RoomId, $"{actor.Name} muted {member.Name}.", Event(SystemEventKind.Muted, actor, member, member.Reason), now);

    public static Message RoleChanged(Member member, Speaker? actor, DateTimeOffset now)
    {
        var role = WireEnum<MemberRole>.ToWire(member.Role);
        return Say(
            member.RoomId, actor is null ? $"{member.Name} is {role} now." : $"{actor.Name} made {member.Name} {role}.",
            Event(SystemEventKind.RoleChanged, actor, member, role), now);
    }

    public static Message Pinned(Message message, Speaker actor, DateTimeOffset now) =>
        Say(message.RoomId, $"{actor.Name} pinned a message.", Event(SystemEventKind.Pinned, actor), now) with { ReplyToSeq = message.Seq };

    /// <summary>One for each thing that is different.</summary>
    public static IEnumerable<Message> Changed(Room before, Room after, bool isPasswordNew, Speaker actor, DateTimeOffset now)
    {
        if (after.Name != before.Name)
            yield return Say(after.RoomId, $"{actor.Name} renamed the room to {after.Name}.", Event(SystemEventKind.Renamed, actor, value: after.Name), now);
        if (after.Topic != before.Topic)
            yield return Say(after.RoomId, $"{actor.Name} set the topic: {after.Topic}", Event(SystemEventKind.TopicChanged, actor, value: after.Topic), now);
        if (after.ArchivedAt != before.ArchivedAt)
        {
            yield return after.ArchivedAt is null
                ? Say(after.RoomId, $"{actor.Name} opened the room again.", Event(SystemEventKind.Unarchived, actor), now)
                : Say(after.RoomId, $"{actor.Name} archived the room.", Event(SystemEventKind.Archived, actor), now);
        }
        var rules = string.Join(", ", RulesChanged(before, after, isPasswordNew));
        if (rules.Length > 0)
            yield return Say(after.RoomId, $"{actor.Name} changed the rules: {rules}.", Event(SystemEventKind.RulesChanged, actor, value: rules), now);
    }

    /// <summary>All that is different, in English.</summary>
    public static IEnumerable<string> Differences(Room before, Room after, bool isPasswordNew)
    {
        if (after.Name != before.Name) yield return $"name: {after.Name}";
        if (after.Topic != before.Topic) yield return $"topic: {after.Topic}";
        foreach (var rule in RulesChanged(before, after, isPasswordNew)) yield return rule;
    }

    private static IEnumerable<string> RulesChanged(Room before, Room after, bool isPasswordNew)
    {
        if (after.Kind != before.Kind) yield return after.Kind is RoomKind.Public ? "public" : "private";
        if (isPasswordNew) yield return before.HasPassword ? "another password" : "a password";
        else if (after.HasPassword != before.HasPassword) yield return "no password";
        if (after.SeatLimit != before.SeatLimit) yield return after.SeatLimit is { } seats ? $"{seats} seats" : "no seat limit";
        if (after.IsTemporary != before.IsTemporary) yield return after.IsTemporary ? "temporary" : "permanent";
    }

    private static SystemEvent By(SystemEventKind kind, Member member) =>
        new() { Kind = kind, ActorId = member.UserId, ActorName = member.Name };

    private static SystemEvent Event(SystemEventKind kind, Speaker? actor, Member? subject = null, string value = "") => new()
    {
        Kind = kind,
        ActorId = actor?.UserId,
        ActorName = actor?.Name ?? "",
        SubjectId = subject?.UserId,
        SubjectName = subject?.Name ?? "",
        Value = value,
    };

    private static Message Say(Guid roomId, string text, SystemEvent what, DateTimeOffset now) => new()
    {
        RoomId = roomId,
        Id = Guid.CreateVersion7(now),
        Kind = MessageKind.System,
        Text = text,
        System = what,
        CreatedAt = now,
    };
}
