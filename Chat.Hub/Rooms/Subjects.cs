using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>What holds for everything that is done to somebody.</summary>
internal static class Subjects
{
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(1);

    /// <summary>Whether an end that is asked for is the one there is, asked for again a little later.</summary>
    public static bool IsRepeat(DateTimeOffset? before, DateTimeOffset? wanted) =>
        before is null ? wanted is null : before <= wanted && wanted - before < Lately;

    public static Error? Refused(Act act, RoomLedger room, Speaker actor, Member? subject, DateTimeOffset now) =>
        Permissions.Check(act, room.Room, actor, room.Members.GetValueOrDefault(actor.UserId), now, subject)
        ?? (subject is null ? Refusal.NotFound("member")
            : subject.UserId == actor.UserId ? Refusal.Invalid("userId", "must be somebody else.")
            : null);
}
