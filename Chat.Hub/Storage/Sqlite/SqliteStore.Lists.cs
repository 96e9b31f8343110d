using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    public Task<Member?> FindMember(Guid roomId, Guid userId, CancellationToken cancellation) => ReadNow(connection =>
    {
        using var statement = new Statement(connection, $"select {Rows.MemberColumns} from members m where room_id = ?1 and user_id = ?2");
        return statement.Bind(roomId, userId).First(Rows.Member);
    }, cancellation);

    public Task<RoomPage> ListRooms(Guid userId, ListRooms request, CancellationToken cancellation) => ReadAside(connection =>
    {
        var limit = request.Limit ?? PageLimits.DefaultRooms;
        var (name, id) = PageCursor.Read(request.After);
        using var statement = new Statement(connection, $"""
            select {Rows.RoomColumns}, m.user_id is not null
            from rooms r left join members m on m.room_id = r.id and m.user_id = ?1 and m.state = 'active'
            where (r.kind = 'public' or m.user_id is not null) and r.kind <> 'direct' and r.deleted_at is null
              and (r.name_key, r.id) > (?2, ?3) and (instr(r.name_key, ?4) > 0 or instr(r.topic_key, ?4) > 0)
            order by r.name_key, r.id limit ?5
            """);
        var rooms = statement.Bind(userId, name, id, Names.Key(request.Search ?? ""), limit + 1).All(row => new RoomSummary
        {
            Room = Rows.Room(row),
            MemberCount = Rows.Seats(row),
            IsMember = row.GetBoolean(Rows.RoomWidth),
        });
        return Pages.Rooms(rooms, limit);
    }, cancellation);

    public Task<MemberPage> ListMembers(ListMembers request, CancellationToken cancellation) => ReadAside(connection =>
    {
        var limit = request.Limit ?? PageLimits.DefaultMembers;
        var (name, id) = PageCursor.Read(request.After);
        var members = Members(connection, request.RoomId, name, id, limit + 1, request.State, Names.Key(request.Search ?? ""));
        return Pages.Members(members, limit, StateOf(connection, request.RoomId)?.Seats ?? 0);
    }, cancellation);

    private static List<Member> Members(Database connection, Guid roomId, string afterName, Guid afterId, int limit, MemberState state = MemberState.Active, string search = "")
    {
        using var statement = new Statement(connection, $"""
            select {Rows.MemberColumns} from members m
            where room_id = ?1 and state = '{WireEnum<MemberState>.ToWire(state)}' and (name_key, user_id) > (?2, ?3) and instr(name_key, ?5) > 0
            order by name_key, user_id limit ?4
            """);
        return statement.Bind(roomId, afterName, afterId, limit, search).All(Rows.Member);
    }
}
