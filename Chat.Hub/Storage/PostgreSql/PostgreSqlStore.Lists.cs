using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore
{
    private const string MembersByName = $"""
        select {Rows.MemberColumns} from members m
        where room_id = $1 and state = 'active' and (name_key, user_id) > ($2, $3) and strpos(name_key, $5) > 0
        order by name_key, user_id limit $4
        """;

    // Each half by its own index, so that a page costs the same however many rooms there are.
    private const string RoomsByName = $"""
        (select {Rows.RoomColumns}, m.user_id is not null as is_member, r.name_key
            from rooms r left join members m on m.room_id = r.id and m.user_id = $1 and m.state = 'active'
            where r.kind = 'public' and r.deleted_at is null and (r.name_key, r.id) > ($2, $3) and (strpos(r.name_key, $4) > 0 or strpos(r.topic_key, $4) > 0)
            order by r.name_key, r.id limit $5)
        union all
        (select {Rows.RoomColumns}, true, r.name_key
            from members m join rooms r on r.id = m.room_id
            where m.user_id = $1 and m.state = 'active' and r.kind = 'private' and r.deleted_at is null and (r.name_key, r.id) > ($2, $3) and (strpos(r.name_key, $4) > 0 or strpos(r.topic_key, $4) > 0)
            order by r.name_key, r.id limit $5)
        order by name_key, id limit $5
        """;

    public Task<Member?> FindMember(Guid roomId, Guid userId, CancellationToken cancellation) =>
        One($"select {Rows.MemberColumns} from members m where room_id = $1 and user_id = $2", Rows.Member, cancellation, roomId, userId);

    public async Task<RoomPage> ListRooms(Guid userId, ListRooms request, CancellationToken cancellation)
    {
        var limit = request.Limit ?? PageLimits.DefaultRooms;
        var (name, id) = PageCursor.Read(request.After);
        var found = await All(
            RoomsByName,
            row => Rows.State(row) is var state ? new RoomSummary { Room = state.Room, MemberCount = state.Seats, IsMember = row.GetBoolean(Rows.RoomWidth) } : null!,
            cancellation, userId, Batches.Sought(name), id, Batches.Sought(Names.Key(request.Search ?? "")), limit + 1);
        return Pages.Rooms(found, limit);
    }

    public Task<MemberPage> ListMembers(ListMembers request, CancellationToken cancellation)
    {
        var limit = request.Limit ?? PageLimits.DefaultMembers;
        var (name, id) = PageCursor.Read(request.After);
        return Ask(
            batch => batch.Add(
                // Spelled out: each state has its own index.
                MembersByName.Replace("'active'", $"'{WireEnum<MemberState>.ToWire(request.State)}'", StringComparison.Ordinal),
                request.RoomId, Batches.Sought(name), id, limit + 1, Batches.Sought(Names.Key(request.Search ?? ""))).Add("select seats from rooms where id = $1", request.RoomId),
            async rows => Pages.Members(await rows.All(Rows.Member, cancellation), limit, await rows.First(row => row.GetInt32(0), cancellation)),
            cancellation);
    }
}
