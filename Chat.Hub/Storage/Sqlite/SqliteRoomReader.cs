using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>Reads what changes need, by prepared statements on the writer's connection.</summary>
internal sealed class SqliteRoomReader(Database connection, PostedIds ids) : IDisposable
{
    private readonly Statement room = new(connection, $"select {Rows.RoomColumns}, r.password_hash, r.empty_since from rooms r where id = ?1");
    private readonly Statement member = new(connection, $"select {Rows.MemberColumns} from members m where room_id = ?1 and user_id = ?2");
    private readonly Statement posted = new(connection, $"select {Rows.MessageColumns}, fingerprint from messages where client_message_id = ?2 and author_id = ?1");
    private readonly Statement message = new(connection, $"select {Rows.MessageColumns} from messages where room_id = ?1 and seq = ?2");
    private readonly Statement hasName = new(connection, "select 1 from rooms where name_key = ?1 and kind = 'public' and deleted_at is null");
    private readonly Statement pins = new(connection, "select count(*) from messages where room_id = ?1 and pinned_at is not null");
    private readonly Statement link = new(connection, $"select {Rows.LinkColumns} from invite_links where id = ?1");

    private readonly Statement file = new(connection, $"select {FileRows.Columns} from attachments where id = ?1");
    private readonly Statement files = new(connection, $"select {FileRows.Columns} from attachments where room_id = ?1 and message_seq = ?2");

    private readonly Statement listeners = new(connection, "select id, events from outgoing_webhooks where room_id = ?1");

    private readonly Statement leaders = new(connection, $"""
        select {Rows.MemberColumns} from members m where room_id = ?1 and state = 'active'
        order by case role when 'owner' then 0 when 'moderator' then 1 else 2 end, joined_at, user_id limit 2
        """);

    public Ledger Load(Needs needs)
    {
        var ledger = new Ledger();
        foreach (var id in needs.Rooms) LoadRoom(ledger.Room(id));
        foreach (var (roomId, userId) in needs.Members) LoadMember(ledger.Room(roomId), userId);
        LoadMessages(ledger, needs);
        foreach (var roomId in needs.Leaders)
        {
            foreach (var found in leaders.Bind(roomId).All(Rows.Member)) ledger.Room(roomId).Members[found.UserId] = found;
        }
        foreach (var id in needs.Attachments)
        {
            if (file.Bind(id).First(FileRows.File) is { } found) ledger.Files.Keep(found);
        }
        foreach (var (roomId, seq) in needs.WithFiles) files.Bind(roomId, seq).All(FileRows.File).ForEach(ledger.Files.Keep);
        foreach (var name in needs.RoomNames)
        {
            if (hasName.Bind(name).Any()) ledger.RoomNames.Add(name);
        }
        foreach (var roomId in needs.Pins) ledger.Room(roomId).Pins = pins.Bind(roomId).First(row => row.GetInt32(0));
        foreach (var id in needs.Links)
        {
            if (link.Bind(id).First(Rows.Link) is { } found) ledger.Links[id] = found;
        }
        return ledger;
    }

    /// <summary>What was posted under clients' ids, and the messages that changes ask for.</summary>
    public void LoadMessages(Ledger ledger, Needs needs)
    {
        foreach (var key in needs.Posted)
        {
            if (ids.IsNew(key.ClientMessageId)) continue;
            if (posted.Bind(key.AuthorId, key.ClientMessageId).First(ReadPosted) is { } found) ledger.Posted[key] = found;
        }
        foreach (var (roomId, seq) in needs.Messages) LoadMessage(ledger.Room(roomId), seq, needs.WithTheirs.Contains((roomId, seq)));
    }

    /// <summary>A room and what listens to it.</summary>
    public void LoadRoom(RoomLedger target)
    {
        room.Bind(target.RoomId).First(row =>
        {
            target.Room = Rows.Room(row);
            target.Head = Rows.Head(row);
            target.Seats = Rows.Seats(row);
            target.PasswordHash = row.TextOrNull(Rows.RoomWidth);
            target.EmptySince = row.TimeOrNull(Rows.RoomWidth + 1);
            return true;
        });
        target.Listeners.AddRange(listeners.Bind(target.RoomId).All(row => new WebhookListener(row.Id(0), WebhookEvents.Read(row.GetString(1)))));
    }

    public Member? FindMember(Guid roomId, Guid userId) => member.Bind(roomId, userId).First(Rows.Member);

    public void Dispose()
    {
        foreach (var statement in (Statement[])[room, member, posted, message, hasName, pins, link, file, files, leaders, listeners]) statement.Dispose();
    }

    private void LoadMember(RoomLedger target, Guid userId)
    {
        if (FindMember(target.RoomId, userId) is { } found) target.Members[userId] = found;
    }

    private void LoadMessage(RoomLedger target, long seq, bool withTheirs)
    {
        if (message.Bind(target.RoomId, seq).First(Rows.Message) is not { } found) return;
        target.Messages[seq] = found;
        if (!withTheirs) return;
        if (found.AuthorId is { } author) LoadMember(target, author);
        if (found.ThreadSeq is { } thread) LoadMessage(target, thread, withTheirs: false);
    }

    private static Posted ReadPosted(Row row) =>
        new(Rows.Message(row), Fingerprint.FromBytes(row.Bytes(Rows.MessageWidth)));
}
