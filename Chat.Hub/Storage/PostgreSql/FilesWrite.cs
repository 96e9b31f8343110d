using Chat.Hub.Rooms;
using Npgsql;
using static Chat.Hub.Storage.PostgreSql.Batches;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>Writes what became of uploaded files in a commit.</summary>
internal static class FilesWrite
{
    private const string Add = $"""
        insert into attachments ({FileRows.Columns}) select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    private const string Take = "update attachments a set message_seq = n.seq from unnest($1, $2) as n (id, seq) where a.id = n.id";

    private const string Free = $"""
        with freed as (
            delete from attachments a using unnest($1, $2, $3) as n (room_id, seq, at)
            where a.room_id = n.room_id and a.message_seq = n.seq returning a.blob, n.at)
        insert into loose_blobs (blob, since) select blob, max(at) from freed group by blob order by blob {FileRows.LooseAgain}
        """;

    public static void Put(NpgsqlBatch batch, FileLedger files)
    {
        if (files.Copied.Count > 0) Copy(batch, files.Copied);
        if (files.Taken.Count > 0) batch.Add(Take, Each(files.Taken, file => file.Attachment.Id), Each(files.Taken, file => file.MessageSeq!.Value));
        if (files.Freed.Count > 0)
            batch.Add(Free, Each(files.Freed, f => f.RoomId), Each(files.Freed, f => f.Seq), Each(files.Freed, f => Batches.WholeMilliseconds(f.At)));
    }

    private static void Copy(NpgsqlBatch batch, List<StoredFile> files) => batch.Add(
        Add, Each(files, f => f.Attachment.Id), Each(files, f => f.RoomId), Each(files, f => f.MessageSeq), Each(files, f => f.UploaderId),
        Each(files, f => f.Attachment.Name), Each(files, f => f.Attachment.MediaType), Each(files, f => f.Attachment.Size),
        Each(files, f => f.Attachment.Width), Each(files, f => f.Attachment.Height), Each(files, f => f.Attachment.HasThumbnail),
        Each(files, f => f.Blob), Each(files, f => Batches.WholeMilliseconds(f.CreatedAt)));
}
