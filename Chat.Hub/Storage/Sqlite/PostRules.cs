using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>Which commits the journal may take: those that only post, which are most.</summary>
internal static class PostRules
{
    /// <summary>Whether all that changes must see is in the tables, but for the messages that are not settled.</summary>
    public static bool CanBeSeen(Needs needs) =>
        needs is { Attachments.Count: 0, WithFiles.Count: 0, WithTheirs.Count: 0, RoomNames.Count: 0, Leaders.Count: 0, Pins.Count: 0, Links.Count: 0 };

    /// <summary>Whether there is nothing to keep but new messages that stand for themselves.</summary>
    public static bool IsPosting(Ledger ledger) =>
        ledger.Files is { Taken.Count: 0, Copied.Count: 0, Freed.Count: 0 } && ledger.Rooms.All(IsPosting);

    private static bool IsPosting(RoomLedger room) =>
        room is { Trail.Count: 0, Links.Count: 0, Past.Count: 0, Tidings.Count: 0 }
        && room.Written.TrueForAll(record => record is Message { Stream: null } message && message.Version == message.Seq);
}
