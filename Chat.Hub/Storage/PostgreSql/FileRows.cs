using Chat.Contracts;
using Chat.Hub.Rooms;
using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>Stored files as rows.</summary>
internal static class FileRows
{
    public const string Columns = "id, room_id, message_seq, uploader_id, name, media_type, size, width, height, has_thumbnail, blob, created_at";

    // The greatest of both: a note that is renewed at the same moment must not become older.
    public const string LooseAgain = "on conflict (blob) do update set since = greatest(loose_blobs.since, excluded.since)";

    public static StoredFile File(NpgsqlDataReader row) => new()
    {
        Attachment = new Attachment
        {
            Id = row.GetGuid(0),
            Name = row.GetString(4),
            MediaType = row.GetString(5),
            Size = row.GetInt64(6),
            Width = row.IsDBNull(7) ? null : row.GetInt32(7),
            Height = row.IsDBNull(8) ? null : row.GetInt32(8),
            HasThumbnail = row.GetBoolean(9),
        },
        RoomId = row.GetGuid(1),
        MessageSeq = row.IsDBNull(2) ? null : row.GetInt64(2),
        UploaderId = row.GetGuid(3),
        Blob = row.GetString(10),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(11),
    };
}
