using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Rooms;
using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>The contract's records as rows. Each list of columns is read in its order.</summary>
internal static class Rows
{
    public const string RoomColumns =
        "r.id, r.kind, r.name, r.topic, r.created_by, r.created_at, r.seat_limit, r.is_temporary, r.archived_at, r.version, r.head, r.seats, r.sync_floor";

    public const int RoomWidth = 13;

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
    };

    public static RoomState State(NpgsqlDataReader row) => new(Room(row), row.GetInt64(10), row.GetInt32(11), row.GetInt64(12));

    public const string MemberColumns =
        "m.room_id, m.user_id, m.name, m.user_kind, m.role, m.state, m.joined_at, m.left_at, m.muted_until, m.banned_until, m.version";

    public const int MemberWidth = 11;

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
    };

    public const string MessageColumns =
        "room_id, seq, id, version, kind, author_id, author_name, client_message_id, text, reply_to_seq, created_at, edited_at, deleted_at, deleted_by, extras";

    public static Message Message(NpgsqlDataReader row)
    {
        var extras = MessageExtras.Read(row.IsDBNull(14) ? null : row.GetString(14));
        return new Message
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
            System = extras.System,
            Stream = extras.Stream,
        };
    }

    /// <summary>A message whose fingerprint follows its columns.</summary>
    public static Posted Posted(NpgsqlDataReader row) => new(Message(row), Fingerprint.FromBytes(row.GetFieldValue<byte[]>(15)));

    public const string UserColumns = "id, name, kind, is_administrator, created_at";

    public static User User(NpgsqlDataReader row) => User(row, 0);

    public static User User(NpgsqlDataReader row, int first) => new()
    {
        Id = row.GetGuid(first),
        Name = row.GetString(first + 1),
        Kind = WireEnum<UserKind>.FromWire(row.GetString(first + 2)),
        IsAdministrator = row.GetBoolean(first + 3),
        CreatedAt = row.Time(first + 4),
    };

    private static Guid? IdOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

    private static DateTimeOffset Time(this NpgsqlDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);

    private static DateTimeOffset? TimeOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);
}
