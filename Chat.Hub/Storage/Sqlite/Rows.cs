using Chat.Contracts;
using Chat.Contracts.Wire;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>The contract's records as rows. Each list of columns is read in its order.</summary>
internal static class Rows
{
    public const string RoomColumns =
        "r.id, r.kind, r.name, r.topic, r.created_by, r.created_at, r.seat_limit, r.is_temporary, r.archived_at, r.version, r.head, r.seats, r.password_hash is not null, r.between_users, r.deleted_at, r.deleted_reason";

    public const int RoomWidth = 16;

    public static Room Room(Row row) => new()
    {
        RoomId = row.Id(0),
        Kind = WireEnum<RoomKind>.FromWire(row.GetString(1)),
        Name = row.GetString(2),
        Topic = row.GetString(3),
        CreatedBy = row.IdOrNull(4),
        CreatedAt = row.Time(5),
        SeatLimit = row.IntOrNull(6),
        IsTemporary = row.GetBoolean(7),
        ArchivedAt = row.TimeOrNull(8),
        Version = row.GetInt64(9),
        HasPassword = row.GetBoolean(12),
        Between = row.IsDBNull(13) ? [] : [.. row.Bytes(13).Chunk(16).Select(id => new Guid(id, bigEndian: true))],
        DeletedAt = row.TimeOrNull(14),
        DeletedReason = row.TextOrNull(15),
    };

    public static long Head(Row row) => row.GetInt64(10);

    public static int Seats(Row row) => row.GetInt32(11);

    public const string MemberColumns =
        "m.room_id, m.user_id, m.name, m.user_kind, m.role, m.state, m.joined_at, m.left_at, m.muted_until, m.banned_until, m.version, m.reason, m.invited_by";

    public const int MemberWidth = 13;

    public static Member Member(Row row) => Member(row, 0);

    public static Member Member(Row row, int first) => new()
    {
        RoomId = row.Id(first),
        UserId = row.Id(first + 1),
        Name = row.GetString(first + 2),
        UserKind = WireEnum<UserKind>.FromWire(row.GetString(first + 3)),
        Role = WireEnum<MemberRole>.FromWire(row.GetString(first + 4)),
        State = WireEnum<MemberState>.FromWire(row.GetString(first + 5)),
        JoinedAt = row.Time(first + 6),
        LeftAt = row.TimeOrNull(first + 7),
        MutedUntil = row.TimeOrNull(first + 8),
        BannedUntil = row.TimeOrNull(first + 9),
        Version = row.GetInt64(first + 10),
        Reason = row.GetString(first + 11),
        InvitedBy = row.IdOrNull(first + 12),
    };

    public const string MessageColumns =
        "room_id, seq, id, version, kind, author_id, author_name, client_message_id, text, reply_to_seq, created_at, edited_at, deleted_at, deleted_by, extras, thread_seq, pinned_at";

    public const int MessageWidth = 17;

    public static Message Message(Row row) => MessageExtras.Read(
        row.TextOrNull(14),
        new Message
        {
            RoomId = row.Id(0),
            Seq = row.GetInt64(1),
            Id = row.Id(2),
            Version = row.GetInt64(3),
            Kind = WireEnum<MessageKind>.FromWire(row.GetString(4)),
            AuthorId = row.IdOrNull(5),
            AuthorName = row.GetString(6),
            ClientMessageId = row.IdOrNull(7),
            Text = row.GetString(8),
            ReplyToSeq = row.LongOrNull(9),
            CreatedAt = row.Time(10),
            EditedAt = row.TimeOrNull(11),
            DeletedAt = row.TimeOrNull(12),
            DeletedBy = row.IdOrNull(13),
            ThreadSeq = row.LongOrNull(15),
            PinnedAt = row.TimeOrNull(16),
        });

    public const string LinkColumns = "id, room_id, created_by, created_at, expires_at, max_uses, uses";

    public static InviteLink Link(Row row) => new()
    {
        Id = row.Id(0),
        RoomId = row.Id(1),
        Code = "",
        CreatedBy = row.Id(2),
        CreatedAt = row.Time(3),
        ExpiresAt = row.Time(4),
        MaxUses = row.IntOrNull(5),
        Uses = row.GetInt32(6),
    };

    public const string UserColumns = "id, name, kind, is_administrator, created_at";

    public const int UserWidth = 5;

    public static User User(Row row) => User(row, 0);

    public static User User(Row row, int first) => new()
    {
        Id = row.Id(first),
        Name = row.GetString(first + 1),
        Kind = WireEnum<UserKind>.FromWire(row.GetString(first + 2)),
        IsAdministrator = row.GetBoolean(first + 3),
        CreatedAt = row.Time(first + 4),
    };
}
