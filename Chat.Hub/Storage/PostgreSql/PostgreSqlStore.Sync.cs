using Chat.Contracts;
using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore
{
    private const string ChangedMembers = $"select {Rows.MemberColumns} from members m where room_id = $1 and version > $2 order by version limit $3";

    // What never changed has its seq as version and is found by the primary key, the rest by an index of its own.
    private const string ChangedMessages = $"""
        (select {Rows.MessageColumns} from messages where room_id = $1 and seq > $2 and version = seq order by seq limit $3)
        union all
        (select {Rows.MessageColumns} from messages where room_id = $1 and version > $2 and version <> seq order by version limit $3)
        """;

    public Task<RoomSync> Sync(SyncRoom request, CancellationToken cancellation) => ReadMoment(async connection =>
    {
        var state = await Ask(
            connection, batch => batch.Add($"select {Rows.RoomColumns} from rooms r where id = $1", request.RoomId),
            rows => rows.First(Rows.State, cancellation), cancellation)
            ?? throw new InvalidOperationException("The room of a member is missing.");
        var versions = new Dictionary<Guid, long> { [request.RoomId] = request.Version };
        return (await Syncs(connection, [state], request.Epoch, versions, cancellation))[request.RoomId];
    }, cancellation);

    /// <summary>The changes of some rooms, and then the snapshots of those where changes would not tell all.</summary>
    private async Task<Dictionary<Guid, RoomSync>> Syncs(
        NpgsqlConnection connection, IReadOnlyList<RoomState> rooms, string epoch, Dictionary<Guid, long> versions, CancellationToken cancellation)
    {
        var syncs = new Dictionary<Guid, RoomSync>();
        var told = rooms.Where(room => room.CanTellChanges(Epoch, epoch, versions[room.Room.RoomId])).ToList();
        if (told.Count > 0)
            await Ask(connection, batch => told.ForEach(room => AskChanges(batch, room.Room.RoomId, versions[room.Room.RoomId])), AddChanges, cancellation);

        var reset = rooms.Where(room => !syncs.ContainsKey(room.Room.RoomId)).ToList();
        if (reset.Count > 0)
            await Ask(connection, batch => reset.ForEach(room => AskSnapshot(batch, room.Room.RoomId)), AddSnapshots, cancellation);
        return syncs;

        async Task<int> AddChanges(NpgsqlDataReader rows)
        {
            foreach (var room in told)
            {
                var (members, messages) = (await rows.All(Rows.Member, cancellation), await rows.All(Rows.Message, cancellation));
                if (room.Changes(Epoch, versions[room.Room.RoomId], members, messages) is { } sync) syncs[room.Room.RoomId] = sync;
            }
            return syncs.Count;
        }

        async Task<int> AddSnapshots(NpgsqlDataReader rows)
        {
            foreach (var room in reset) syncs[room.Room.RoomId] = await Snapshot(rows, room, cancellation);
            return syncs.Count;
        }
    }

    private static void AskChanges(NpgsqlBatch batch, Guid room, long version)
    {
        const int over = PageLimits.SyncRecords + 1;
        batch.Add(ChangedMembers, room, version, over).Add(ChangedMessages, room, version, over);
    }

    private static void AskSnapshot(NpgsqlBatch batch, Guid room)
    {
        batch.Add(MembersByName, room, "", Guid.Empty, PageLimits.MostMembers, "");
        AskBefore(batch, room, long.MaxValue, PageLimits.DefaultMessages);
    }

    private async Task<RoomSync> Snapshot(NpgsqlDataReader rows, RoomState state, CancellationToken cancellation)
    {
        var members = await rows.All(Rows.Member, cancellation);
        return state.Snapshot(Epoch, members, await Before(rows, state.Room.RoomId, PageLimits.DefaultMessages, cancellation));
    }

    public Task<IReadOnlyList<RoomRecord>> ReadChanges(Guid roomId, long after, int most, CancellationToken cancellation) => Ask<IReadOnlyList<RoomRecord>>(
        batch => batch
            .Add($"select {Rows.RoomColumns} from rooms r where id = $1 and version > $2", roomId, after)
            .Add(ChangedMembers, roomId, after, most)
            .Add(ChangedMessages, roomId, after, most),
        async rows =>
        {
            var changed = new List<RoomRecord>(await rows.All(Rows.Room, cancellation));
            changed.AddRange(await rows.All(Rows.Member, cancellation));
            changed.AddRange(await rows.All(Rows.Message, cancellation));
            return [.. changed.OrderBy(record => record.Version).Take(most)];
        },
        cancellation);
}
