using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>What holds for everything that is done to somebody.</summary>
internal static class Subjects
{
    public static Error? Refused(Act act, RoomLedger room, Speaker actor, Member? subject, DateTimeOffset now) =>
        Permissions.Check(act, room.Room, actor, room.Members.GetValueOrDefault(actor.UserId), now, subject)
        ?? (subject is null ? Refusal.NotFound("member")
            : subject.UserId == actor.UserId ? Refusal.Invalid("userId", "must be somebody else.")
            : null);
}
