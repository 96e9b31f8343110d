using Chat.Contracts;
using Microsoft.Data.Sqlite;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    public Task<RoomSync> Sync(SyncRoom request, CancellationToken cancellation) => Read(connection =>
    {
        var state = StateOf(connection, request.RoomId) ?? throw new InvalidOperationException("The room of a member is missing.");
        return Changes(connection, state, request.Epoch, request.Version) ?? Snapshot(connection, state);
    }, cancellation);

    private sealed record RoomState(Room Room, long Head, int Seats, long Floor);

    private static RoomState? StateOf(SqliteConnection connection, Guid roomId)
    {
        using var statement = new Statement(connection, $"select {Rows.RoomColumns}, r.sync_floor from rooms r where id = ?1");
        return statement.Bind(roomId).First(row => new RoomState(Rows.Room(row), Rows.Head(row), Rows.Seats(row), row.GetInt64(Rows.RoomWidth)));
    }

    /// <summary>What changed above the version; null where only a reset is true.</summary>
    private RoomSync? Changes(SqliteConnection connection, RoomState state, string epoch, long version)
    {
        // A client ahead of the store has seen what a restored backup has not: its versions mean something else now.
        if (epoch != Epoch || version < state.Floor || version < 1 || version > state.Head) return null;

        const int over = PageLimits.SyncRecords + 1;
        using var changedMembers = new Statement(connection, $"select {Rows.MemberColumns} from members m where room_id = ?1 and version > ?2 limit {over}");
        using var changedMessages = new Statement(connection, $"select {Rows.MessageColumns} from messages where room_id = ?1 and version > ?2 limit {over}");
        var members = changedMembers.Bind(state.Room.RoomId, version).All(Rows.Member);
        var messages = changedMessages.Bind(state.Room.RoomId, version).All(Rows.Message);
        if (members.Count + messages.Count + 1 > PageLimits.SyncRecords) return null;

        var sync = new RoomSync
        {
            RoomId = state.Room.RoomId,
            Epoch = Epoch,
            Head = state.Head,
            Reset = false,
            Room = state.Room.Version > version ? state.Room : null,
            Members = members,
            Messages = [.. messages.OrderBy(message => message.Seq)],
            MemberCount = state.Seats,
        };
        return PageLimits.BytesOf(sync) <= PageLimits.SyncBytes ? sync : null;
    }

    private RoomSync Snapshot(SqliteConnection connection, RoomState state)
    {
        var members = Members(connection, state.Room.RoomId, "", Guid.Empty, PageLimits.MostMembers);
        var last = Before(connection, state.Room.RoomId, long.MaxValue, PageLimits.DefaultMessages);
        return new RoomSync
        {
            RoomId = state.Room.RoomId,
            Epoch = Epoch,
            Head = state.Head,
            Reset = true,
            Room = state.Room,
            Members = members,
            Messages = last.Messages,
            HasOlder = last.HasOlder,
            MemberCount = state.Seats,
        };
    }

    public Task<IReadOnlyList<RoomRecord>> ReadChanges(Guid roomId, long after, int most, CancellationToken cancellation) =>
        Read<IReadOnlyList<RoomRecord>>(connection =>
        {
            using var room = new Statement(connection, $"select {Rows.RoomColumns} from rooms r where id = ?1 and version > ?2");
            using var members = new Statement(connection, $"select {Rows.MemberColumns} from members m where room_id = ?1 and version > ?2 order by version limit ?3");
            using var messages = new Statement(connection, $"select {Rows.MessageColumns} from messages where room_id = ?1 and version > ?2 order by version limit ?3");
            RoomRecord[] changed =
            [
                .. room.Bind(roomId, after).All(Rows.Room),
                .. members.Bind(roomId, after, most).All(Rows.Member),
                .. messages.Bind(roomId, after, most).All(Rows.Message),
            ];
            return [.. changed.OrderBy(record => record.Version).Take(most)];
        }, cancellation);
}
