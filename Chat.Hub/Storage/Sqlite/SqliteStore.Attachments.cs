using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore : IAttachmentStore
{
    public Task<(Room Room, Member? Member)?> FindPlace(Guid roomId, Guid userId, CancellationToken cancellation) => ReadNow(connection =>
    {
        using var statement = new Statement(connection, $"""
            select {Rows.RoomColumns}, {Rows.MemberColumns} from rooms r left join members m on m.room_id = r.id and m.user_id = ?2 where r.id = ?1
            """);
        return statement.Bind(roomId, userId).First<(Room, Member?)?>(row => (Rows.Room(row), row.IsDBNull(Rows.RoomWidth) ? null : Rows.Member(row, Rows.RoomWidth)));
    }, cancellation);

    public Task<StoredFile?> FindFile(Guid attachmentId, CancellationToken cancellation) => ReadNow(connection =>
    {
        using var statement = new Statement(connection, $"select {FileRows.Columns} from attachments where id = ?1");
        return statement.Bind(attachmentId).First(FileRows.File);
    }, cancellation);

    public Task<long> UnusedBytes(Guid uploaderId, CancellationToken cancellation) =>
        ReadAside(connection => UnusedBytes(connection, uploaderId), cancellation);

    public Task NoteBlob(string blob, DateTimeOffset now, CancellationToken cancellation) => Write(connection =>
    {
        using var statement = new Statement(connection, FileRows.Loosen);
        return statement.Bind(blob, now).Run();
    }, cancellation);

    public Task<bool> AddFile(StoredFile file, long mostUnusedBytes, CancellationToken cancellation) => Write(connection =>
    {
        using var transaction = Transaction.Writing(connection);
        if (UnusedBytes(connection, file.UploaderId) + file.Attachment.Size > mostUnusedBytes) return false;
        using var add = new Statement(connection, FileRows.Add);
        using var hold = new Statement(connection, "delete from loose_blobs where blob = ?1");
        FileRows.Bind(add, file).Run();
        hold.Bind(file.Blob).Run();
        transaction.Commit();
        return true;
    }, cancellation);

    public Task<int> FreeUnused(DateTimeOffset before, DateTimeOffset now, int most, CancellationToken cancellation) => Write(connection =>
    {
        using var transaction = Transaction.Writing(connection);
        using var free = new Statement(connection, """
            delete from attachments where id in (select id from attachments where message_seq is null and created_at < ?1 order by created_at limit ?2) returning blob
            """);
        var blobs = free.Bind(before, most).All(row => row.GetString(0));
        Loosen(connection, blobs, now);
        transaction.Commit();
        return blobs.Count;
    }, cancellation);

    public Task<IReadOnlyList<LooseBlob>> LooseBlobs(DateTimeOffset before, int most, CancellationToken cancellation) => ReadAside<IReadOnlyList<LooseBlob>>(connection =>
    {
        using var statement = new Statement(connection, """
            select blob, since, exists (select 1 from attachments a where a.blob = l.blob) from loose_blobs l where since < ?1 order by since limit ?2
            """);
        return statement.Bind(before, most).All(row => new LooseBlob(row.GetString(0), row.Time(1), row.GetBoolean(2)));
    }, cancellation);

    public Task ForgetBlob(LooseBlob blob, CancellationToken cancellation) => Write(connection =>
    {
        using var statement = new Statement(connection, "delete from loose_blobs where blob = ?1 and since = ?2");
        return statement.Bind(blob.Blob, blob.Since).Run();
    }, cancellation);

    private static long UnusedBytes(Database connection, Guid uploaderId)
    {
        using var statement = new Statement(connection, "select coalesce(sum(size), 0) from attachments where uploader_id = ?1 and message_seq is null");
        return statement.Bind(uploaderId).First(row => row.GetInt64(0));
    }

    private static void Loosen(Database connection, List<string> blobs, DateTimeOffset now)
    {
        using var loosen = new Statement(connection, FileRows.Loosen);
        foreach (var blob in blobs) loosen.Bind(blob, now).Run();
    }
}
