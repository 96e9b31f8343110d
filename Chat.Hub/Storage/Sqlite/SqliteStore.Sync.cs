using Chat.Contracts;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    public Task<RoomSync> Sync(SyncRoom request, CancellationToken cancellation) => Read(connection =>
    {
        var state = StateOf(connection, request.RoomId) ?? throw new InvalidOperationException("The room of a member is missing.");
        return Changes(connection, state, request.Epoch, request.Version) ?? Snapshot(connection, state);
    }, cancellation, request.RoomId);

    private static RoomState? StateOf(Database connection, Guid roomId)
    {
        using var statement = new Statement(connection, $"select {Rows.RoomColumns}, r.sync_floor from rooms r where id = ?1");
        return statement.Bind(roomId).First(row => new RoomState(Rows.Room(row), Rows.Head(row), Rows.Seats(row), row.GetInt64(Rows.RoomWidth)));
    }

    /// <summary>What changed above the version; null where only a reset is true.</summary>
    private RoomSync? Changes(Database connection, RoomState state, string epoch, long version)
    {
        if (!state.CanTellChanges(Epoch, epoch, version)) return null;

        const int over = PageLimits.SyncRecords + 1;
        using var members = new Statement(connection, $"select {Rows.MemberColumns} from members m where room_id = ?1 and version > ?2 limit {over}");
        using var added = new Statement(connection, $"select {Rows.MessageColumns} from messages where room_id = ?1 and seq > ?2 limit {over}");
        using var changed = new Statement(connection, $"select {Rows.MessageColumns} from messages where room_id = ?1 and version > ?2 and version <> seq and seq <= ?2 limit {over}");
        return state.Changes(
            Epoch, version, members.Bind(state.Room.RoomId, version).All(Rows.Member),
            [.. added.Bind(state.Room.RoomId, version).All(Rows.Message), .. changed.Bind(state.Room.RoomId, version).All(Rows.Message)]);
    }

    private RoomSync Snapshot(Database connection, RoomState state) => state.Snapshot(
        Epoch, Members(connection, state.Room.RoomId, "", Guid.Empty, PageLimits.MostMembers),
        Before(connection, state.Room.RoomId, long.MaxValue, PageLimits.DefaultMessages));

    public Task<IReadOnlyList<RoomRecord>> ReadChanges(Guid roomId, long after, int most, CancellationToken cancellation) =>
        Read<IReadOnlyList<RoomRecord>>(connection =>
        {
            using var room = new Statement(connection, $"select {Rows.RoomColumns} from rooms r where id = ?1 and version > ?2");
            using var members = new Statement(connection, $"select {Rows.MemberColumns} from members m where room_id = ?1 and version > ?2 order by version limit ?3");
            using var asPosted = new Statement(connection, $"select {Rows.MessageColumns} from messages where room_id = ?1 and seq > ?2 and version = seq order by seq limit ?3");
            using var messages = new Statement(connection, $"select {Rows.MessageColumns} from messages where room_id = ?1 and version > ?2 and version <> seq order by version limit ?3");
            RoomRecord[] changed =
            [
                .. room.Bind(roomId, after).All(Rows.Room),
                .. members.Bind(roomId, after, most).All(Rows.Member),
                .. asPosted.Bind(roomId, after, most).All(Rows.Message),
                .. messages.Bind(roomId, after, most).All(Rows.Message),
            ];
            return [.. changed.OrderBy(record => record.Version).Take(most)];
        }, cancellation, roomId);
}
