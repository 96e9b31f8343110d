using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>Writes what became of uploaded files in a commit.</summary>
internal sealed class SqliteFileWriter(Database connection) : IDisposable
{
    private readonly Statement add = new(connection, FileRows.Add);
    private readonly Statement take = new(connection, "update attachments set message_seq = ?2 where id = ?1");
    private readonly Statement free = new(connection, "delete from attachments where room_id = ?1 and message_seq = ?2 returning blob");
    private readonly Statement loosen = new(connection, FileRows.Loosen);

    public void Save(FileLedger files)
    {
        foreach (var file in files.Copied) FileRows.Bind(add, file).Run();
        foreach (var file in files.Taken) take.Bind(file.Attachment.Id, file.MessageSeq).Run();
        foreach (var (roomId, seq, at) in files.Freed)
        {
            foreach (var blob in free.Bind(roomId, seq).All(row => row.GetString(0))) loosen.Bind(blob, at).Run();
        }
    }

    public void Dispose()
    {
        foreach (var statement in (Statement[])[add, take, free, loosen]) statement.Dispose();
    }
}
