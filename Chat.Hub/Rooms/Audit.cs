using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Entries of the audit trail. The store gives them their numbers.</summary>
internal static class Audit
{
    public static AuditEntry Of(Guid roomId, Speaker? actor, AuditAct act, DateTimeOffset now, Member? subject = null, string detail = "") => new()
    {
        Id = 0,
        RoomId = roomId,
        At = now,
        ActorId = actor?.UserId,
        ActorName = actor?.Name ?? "",
        Act = act,
        SubjectId = subject?.UserId,
        SubjectName = subject?.Name ?? "",
        Detail = detail,
    };
}
