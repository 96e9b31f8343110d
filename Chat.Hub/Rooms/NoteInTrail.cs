using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Notes in a room's trail what was done beside its log.</summary>
internal sealed record NoteInTrail(AuditEntry Entry) : RoomChange(Entry.RoomId)
{
    public override Decision Decide(RoomLedger room, DateTimeOffset now) => Decision.AsBefore() with { Trail = Entry };
}
