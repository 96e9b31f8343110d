using Chat.Contracts;
using Chat.Contracts.Wire;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore : IRoomPages
{
    public Task<SeenRoom?> FindRoom(Guid roomId, Guid userId, CancellationToken cancellation) => ReadNow(connection =>
    {
        using var statement = new Statement(connection, $"""
            select {Rows.RoomColumns}, r.password_hash, {Rows.MemberColumns}
            from rooms r left join members m on m.room_id = r.id and m.user_id = ?2 where r.id = ?1
            """);
        return statement.Bind(roomId, userId).First(row => new SeenRoom(
            Rows.Room(row), Rows.Seats(row), row.IsDBNull(Rows.RoomWidth + 1) ? null : Rows.Member(row, Rows.RoomWidth + 1), row.TextOrNull(Rows.RoomWidth)));
    }, cancellation);

    public Task<(int Direct, int Others)> CountRooms(Guid userId, CancellationToken cancellation) => ReadNow(connection =>
    {
        using var statement = new Statement(connection, """
            select coalesce(sum(r.kind = 'direct'), 0), coalesce(sum(r.kind <> 'direct'), 0)
            from members m join rooms r on r.id = m.room_id where m.user_id = ?1 and m.state = 'active'
            """);
        return statement.Bind(userId).First(row => (row.GetInt32(0), row.GetInt32(1)));
    }, cancellation);

    public Task<IReadOnlyList<Invitation>> InvitationsOf(Guid userId, CancellationToken cancellation) =>
        ReadNow<IReadOnlyList<Invitation>>(connection => InvitationsOf(connection, userId), cancellation);

    private static List<Invitation> InvitationsOf(Database connection, Guid userId)
    {
        using var statement = new Statement(connection, $"""
            select {Rows.RoomColumns}, m.invited_by, u.name
            from members m join rooms r on r.id = m.room_id left join users u on u.id = m.invited_by
            where m.user_id = ?1 and m.state = 'invited' and r.deleted_at is null order by m.joined_at desc, r.id limit 100
            """);
        return statement.Bind(userId).All(row => new Invitation
        {
            Room = new RoomSummary { Room = Rows.Room(row), MemberCount = Rows.Seats(row), IsMember = false },
            InvitedBy = row.IdOrNull(Rows.RoomWidth) ?? Guid.Empty,
            InvitedByName = row.TextOrNull(Rows.RoomWidth + 1) ?? "",
        });
    }

    public Task<(IReadOnlyList<RoomDeleted> Deleted, IReadOnlyList<Member> Ended)> WhyGone(Guid userId, IReadOnlyList<Guid> roomIds, CancellationToken cancellation) =>
        ReadAside<(IReadOnlyList<RoomDeleted>, IReadOnlyList<Member>)>(connection =>
        {
            using var deleted = new Statement(connection, "select id, deleted_reason from rooms where id = ?1 and deleted_at is not null");
            using var member = new Statement(connection, $"select {Rows.MemberColumns} from members m where room_id = ?1 and user_id = ?2 and state <> 'active'");
            return (
                [.. roomIds.SelectMany(id => deleted.Bind(id).All(row => new RoomDeleted { RoomId = row.Id(0), Reason = row.TextOrNull(1) ?? "" }))],
                [.. roomIds.SelectMany(id => member.Bind(id, userId).All(Rows.Member))]);
        }, cancellation);

    public Task<IReadOnlyList<InviteLink>> ListLinks(Guid roomId, DateTimeOffset now, CancellationToken cancellation) => ReadAside<IReadOnlyList<InviteLink>>(connection =>
    {
        using var statement = new Statement(connection, $"""
            select {Rows.LinkColumns} from invite_links where room_id = ?1 and expires_at > ?2 and (max_uses is null or uses < max_uses)
            order by created_at desc, id limit 100
            """);
        return statement.Bind(roomId, now).All(Rows.Link);
    }, cancellation);

    public Task<InviteLink?> FindLink(Guid linkId, CancellationToken cancellation) => ReadNow(connection =>
    {
        using var statement = new Statement(connection, $"select {Rows.LinkColumns} from invite_links where id = ?1");
        return statement.Bind(linkId).First(Rows.Link);
    }, cancellation);

    public Task<AuditPage> ListAudit(ListAudit request, CancellationToken cancellation) => ReadAside(connection =>
    {
        var limit = request.Limit ?? PageLimits.DefaultAudit;
        using var statement = new Statement(connection, """
            select id, room_id, at, actor_id, actor_name, act, subject_id, subject_name, detail
            from audit where room_id = ?1 and id < ?2 order by id desc limit ?3
            """);
        return Pages.Audit(statement.Bind(request.RoomId, request.Before ?? long.MaxValue, limit + 1).All(row => new AuditEntry
        {
            Id = row.GetInt64(0),
            RoomId = row.Id(1),
            At = row.Time(2),
            ActorId = row.IdOrNull(3),
            ActorName = row.GetString(4),
            Act = WireEnum<AuditAct>.FromWire(row.GetString(5)),
            SubjectId = row.IdOrNull(6),
            SubjectName = row.GetString(7),
            Detail = row.GetString(8),
        }), limit);
    }, cancellation);

    public Task<Message?> FindMessage(MessagePlace place, CancellationToken cancellation) => ReadOne(connection =>
    {
        using var statement = new Statement(connection, $"select {Rows.MessageColumns} from messages where room_id = ?1 and seq = ?2");
        return statement.Bind(place.RoomId, place.Seq).First(Rows.Message);
    }, cancellation, place.RoomId);

    public Task<MessageList> ListPins(Guid roomId, CancellationToken cancellation) => Read(connection =>
    {
        using var statement = new Statement(connection, $"select {Rows.MessageColumns} from messages where room_id = ?1 and pinned_at is not null order by seq");
        return new MessageList { Messages = PageLimits.Fitting(statement.Bind(roomId).All(Rows.Message)) };
    }, cancellation, roomId);

    public Task<IReadOnlyList<EditedText>> EditsOf(MessagePlace place, CancellationToken cancellation) => ReadAside<IReadOnlyList<EditedText>>(connection =>
    {
        using var statement = new Statement(connection, "select text, since from message_edits where room_id = ?1 and seq = ?2 order by id desc limit 99");
        var texts = statement.Bind(place.RoomId, place.Seq).All(row => new EditedText { Text = row.GetString(0), Since = row.Time(1) });
        texts.Reverse();
        return texts;
    }, cancellation);

    public Task<ReaderList> ListReaders(Guid roomId, int most, CancellationToken cancellation) => ReadAside(connection =>
    {
        using var statement = new Statement(connection, """
            select user_id, read_seq from members where room_id = ?1 and state = 'active' and (select seats from rooms where id = ?1) <= ?2 order by user_id
            """);
        return new ReaderList
        {
            Readers = statement.Bind(roomId, most).All(row => new Reader { RoomId = roomId, UserId = row.Id(0), Seq = row.GetInt64(1) }),
        };
    }, cancellation);

    public Task<IReadOnlyDictionary<string, Guid>> MembersNamed(Guid roomId, IReadOnlyCollection<string> nameKeys, CancellationToken cancellation) =>
        ReadAside<IReadOnlyDictionary<string, Guid>>(connection =>
        {
            using var statement = new Statement(connection, "select user_id from members where room_id = ?1 and name_key = ?2 and state = 'active' order by user_id limit 1");
            var found = new Dictionary<string, Guid>();
            foreach (var key in nameKeys)
            {
                if (statement.Bind(roomId, key).First<Guid?>(row => row.Id(0)) is { } userId) found[key] = userId;
            }
            return found;
        }, cancellation);
}
