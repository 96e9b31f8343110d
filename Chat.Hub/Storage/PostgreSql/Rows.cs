using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Rooms;
using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>The contract's records as rows. Each list of columns is read in its order.</summary>
internal static class Rows
{
    public const string RoomColumns =
        "r.id, r.kind, r.name, r.topic, r.created_by, r.created_at, r.seat_limit, r.is_temporary, r.archived_at, r.version, r.head, r.seats, r.sync_floor, r.password_hash is not null, r.between_users, r.deleted_at, r.deleted_reason";

    public const int RoomWidth = 17;

    public static Room Room(NpgsqlDataReader row) => new()
    {
        RoomId = row.GetGuid(0),
        Kind = WireEnum<RoomKind>.FromWire(row.GetString(1)),
        Name = row.GetString(2),
        Topic = row.GetString(3),
        CreatedBy = row.IdOrNull(4),
        CreatedAt = row.Time(5),
        SeatLimit = row.IsDBNull(6) ? null : row.GetInt32(6),
        IsTemporary = row.GetBoolean(7),
        ArchivedAt = row.TimeOrNull(8),
        Version = row.GetInt64(9),
        HasPassword = row.GetBoolean(13),
        Between = row.IsDBNull(14) ? [] : row.GetFieldValue<Guid[]>(14),
        DeletedAt = row.TimeOrNull(15),
        DeletedReason = row.IsDBNull(16) ? null : row.GetString(16),
    };

    public static RoomState State(NpgsqlDataReader row) => new(Room(row), row.GetInt64(10), row.GetInt32(11), row.GetInt64(12));

    public const string MemberColumns =
        "m.room_id, m.user_id, m.name, m.user_kind, m.role, m.state, m.joined_at, m.left_at, m.muted_until, m.banned_until, m.version, m.reason, m.invited_by";

    public const int MemberWidth = 13;

    public static Member Member(NpgsqlDataReader row) => Member(row, 0);

    public static Member Member(NpgsqlDataReader row, int first) => new()
    {
        RoomId = row.GetGuid(first),
        UserId = row.GetGuid(first + 1),
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

    public static Message Message(NpgsqlDataReader row) => MessageExtras.Read(
        row.IsDBNull(14) ? null : row.GetString(14),
        new Message
        {
            RoomId = row.GetGuid(0),
            Seq = row.GetInt64(1),
            Id = row.GetGuid(2),
            Version = row.GetInt64(3),
            Kind = WireEnum<MessageKind>.FromWire(row.GetString(4)),
            AuthorId = row.IdOrNull(5),
            AuthorName = row.GetString(6),
            ClientMessageId = row.IdOrNull(7),
            Text = row.GetString(8),
            ReplyToSeq = row.IsDBNull(9) ? null : row.GetInt64(9),
            CreatedAt = row.Time(10),
            EditedAt = row.TimeOrNull(11),
            DeletedAt = row.TimeOrNull(12),
            DeletedBy = row.IdOrNull(13),
            ThreadSeq = row.IsDBNull(15) ? null : row.GetInt64(15),
            PinnedAt = row.TimeOrNull(16),
        });

    /// <summary>A message whose fingerprint follows its columns.</summary>
    public static Posted Posted(NpgsqlDataReader row) => new(Message(row), Fingerprint.FromBytes(row.GetFieldValue<byte[]>(MessageWidth)));

    public const string LinkColumns = "l.id, l.room_id, l.created_by, l.created_at, l.expires_at, l.max_uses, l.uses";

    public static InviteLink Link(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        RoomId = row.GetGuid(1),
        Code = "",
        CreatedBy = row.GetGuid(2),
        CreatedAt = row.Time(3),
        ExpiresAt = row.Time(4),
        MaxUses = row.IsDBNull(5) ? null : row.GetInt32(5),
        Uses = row.GetInt32(6),
    };

    public const string UserColumns = "id, name, kind, is_administrator, created_at";

    public const int UserWidth = 5;

    public static User User(NpgsqlDataReader row) => User(row, 0);

    public static User User(NpgsqlDataReader row, int first) => new()
    {
        Id = row.GetGuid(first),
        Name = row.GetString(first + 1),
        Kind = WireEnum<UserKind>.FromWire(row.GetString(first + 2)),
        IsAdministrator = row.GetBoolean(first + 3),
        CreatedAt = row.Time(first + 4),
    };

    public static Guid? IdOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

    public static DateTimeOffset Time(this NpgsqlDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);

    public static DateTimeOffset? TimeOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);
}
