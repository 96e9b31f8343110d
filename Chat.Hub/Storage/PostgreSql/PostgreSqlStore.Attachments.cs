using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore : IAttachmentStore
{
    // One user's uploads on all nodes, one after the other: two at once would both find room for one.
    private const string LockUploads = "select pg_advisory_xact_lock(hashtextextended($1::text, 3))";

    private const string SumUnused = "select coalesce(sum(size), 0)::bigint from attachments where uploader_id = $1 and message_seq is null";

    private const string AddIfRoom = $"""
        insert into attachments ({FileRows.Columns})
        select $1, $2, $3::bigint, $4, $5, $6, $7, $8::integer, $9::integer, $10, $11, $12
        where $7 <= $13 - (select coalesce(sum(size), 0)::bigint from attachments where uploader_id = $4 and message_seq is null)
        returning 1
        """;

    // What a message takes at this moment is locked, and passed by.
    private const string FreeOld = $"""
        with old as (
            select id from attachments where message_seq is null and created_at < $1 order by created_at limit $3 for update skip locked),
        freed as (delete from attachments a using old where a.id = old.id returning a.blob),
        noted as (insert into loose_blobs (blob, since) select distinct blob, $2 from freed order by blob {FileRows.LooseAgain})
        select count(*)::int from freed
        """;

    private const string FindLoose = """
        select blob, since, exists (select 1 from attachments a where a.blob = l.blob) from loose_blobs l where since < $1 order by since limit $2
        """;

    public Task<(Room Room, Member? Member)?> FindPlace(Guid roomId, Guid userId, CancellationToken cancellation) => One<(Room, Member?)?>(
        $"select {Rows.RoomColumns}, {Rows.MemberColumns} from rooms r left join members m on m.room_id = r.id and m.user_id = $2 where r.id = $1",
        row => (Rows.State(row).Room, row.IsDBNull(Rows.RoomWidth) ? null : Rows.Member(row, Rows.RoomWidth)), cancellation, roomId, userId);

    public Task<StoredFile?> FindFile(Guid attachmentId, CancellationToken cancellation) =>
        One($"select {FileRows.Columns} from attachments where id = $1", FileRows.File, cancellation, attachmentId);

    public Task<long> UnusedBytes(Guid uploaderId, CancellationToken cancellation) =>
        One(SumUnused, row => row.GetInt64(0), cancellation, uploaderId);

    public Task NoteBlob(string blob, DateTimeOffset now, CancellationToken cancellation) =>
        Do($"insert into loose_blobs (blob, since) values ($1, $2) {FileRows.LooseAgain}", cancellation, blob, now);

    public Task<bool> AddFile(StoredFile file, long mostUnusedBytes, CancellationToken cancellation) => sessions.Write(async transaction =>
    {
        await using (var look = transaction.Begin().Add(LockUploads, file.UploaderId.ToString()))
            await look.ExecuteNonQueryAsync(cancellation);

        var shown = file.Attachment;
        await using var write = transaction.Writing()
            .Add(AddIfRoom, shown.Id, file.RoomId, file.MessageSeq, file.UploaderId, shown.Name, shown.MediaType, shown.Size,
                shown.Width, shown.Height, shown.HasThumbnail, file.Blob, file.CreatedAt, mostUnusedBytes)
            .Add("delete from loose_blobs where blob = $1 and exists (select 1 from attachments where blob = $1)", file.Blob);
        await using var rows = await transaction.Commit(write);
        return await rows.Any(CancellationToken.None);
    }, cancellation);

    public Task<int> FreeUnused(DateTimeOffset before, DateTimeOffset now, int most, CancellationToken cancellation) => sessions.WriteAgain(async connection =>
    {
        await using var batch = connection.CreateBatch().Add(FreeOld, before, now, most);
        return (int)(await batch.ExecuteScalarAsync(cancellation))!;
    }, cancellation);

    public async Task<IReadOnlyList<LooseBlob>> LooseBlobs(DateTimeOffset before, int most, CancellationToken cancellation) =>
        await All(FindLoose, row => new LooseBlob(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetBoolean(2)), cancellation, before, most);

    public Task ForgetBlob(LooseBlob blob, CancellationToken cancellation) =>
        Do("delete from loose_blobs where blob = $1 and since = $2", cancellation, blob.Blob, blob.Since);

    /// <summary>A statement that may be run twice.</summary>
    private Task<int> Do(string sql, CancellationToken cancellation, params object?[] values) => sessions.WriteAgain(async connection =>
    {
        await using var batch = connection.CreateBatch().Add(sql, values);
        return await batch.ExecuteNonQueryAsync(cancellation);
    }, cancellation);
}
