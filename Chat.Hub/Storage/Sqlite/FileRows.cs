using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>Stored files as rows.</summary>
internal static class FileRows
{
    public const string Columns = "id, room_id, message_seq, uploader_id, name, media_type, size, width, height, has_thumbnail, blob, created_at";

    public const string Add = $"insert into attachments ({Columns}) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";

    public const string Loosen = "insert into loose_blobs (blob, since) values (?1, ?2) on conflict (blob) do update set since = excluded.since";

    public static StoredFile File(Row row) => new()
    {
        Attachment = new Attachment
        {
            Id = row.Id(0),
            Name = row.GetString(4),
            MediaType = row.GetString(5),
            Size = row.GetInt64(6),
            Width = row.IntOrNull(7),
            Height = row.IntOrNull(8),
            HasThumbnail = row.GetBoolean(9),
        },
        RoomId = row.Id(1),
        MessageSeq = row.LongOrNull(2),
        UploaderId = row.Id(3),
        Blob = row.GetString(10),
        CreatedAt = row.Time(11),
    };

    public static Statement Bind(Statement statement, StoredFile file) => statement.Bind(
        file.Attachment.Id, file.RoomId, file.MessageSeq, file.UploaderId, file.Attachment.Name, file.Attachment.MediaType, file.Attachment.Size,
        file.Attachment.Width, file.Attachment.Height, file.Attachment.HasThumbnail, file.Blob, file.CreatedAt);
}
