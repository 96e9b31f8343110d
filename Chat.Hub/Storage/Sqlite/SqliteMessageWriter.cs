using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>Writes messages, and what is found by them: their words, whom they call, what they said before.</summary>
internal sealed class SqliteMessageWriter(Database connection, SqliteSearchIndex search, PostedIds ids) : IDisposable
{
    private readonly Statement put = new(connection, """
        insert into messages (room_id, seq, id, version, kind, author_id, author_name, client_message_id, fingerprint, text, reply_to_seq,
            created_at, edited_at, deleted_at, deleted_by, extras, thread_seq, pinned_at, place)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
        on conflict (room_id, seq) do update set version = excluded.version, kind = excluded.kind, text = excluded.text, edited_at = excluded.edited_at,
            deleted_at = excluded.deleted_at, deleted_by = excluded.deleted_by, extras = excluded.extras, pinned_at = excluded.pinned_at
        """);

    private readonly Statement addPast = new(connection, "insert into message_edits (room_id, seq, text, since) values (?1, ?2, ?3, ?4)");
    private readonly Statement dropPast = new(connection, "delete from message_edits where room_id = ?1 and seq = ?2");
    private readonly Statement addMention = new(connection, "insert into mentions (user_id, room_id, seq) values (?1, ?2, ?3) on conflict do nothing");
    private readonly Statement dropMentions = new(connection, "delete from mentions where room_id = ?1 and seq = ?2");

    /// <summary>A message as a change left it.</summary>
    public void Put(RoomLedger room, Message message) => Put(message, room.FingerprintOf(message), room.Added.Contains(message.Seq));

    /// <summary>A new message, with what goes with it.</summary>
    public void Add(Message message, Fingerprint fingerprint)
    {
        Put(message, message is { AuthorId: not null, ClientMessageId: not null } ? fingerprint : null, isNew: true);
        Call(message, isNew: true);
    }

    /// <summary>What goes with the messages of a room.</summary>
    public void Save(RoomLedger room)
    {
        foreach (var past in room.Past) addPast.Bind(room.RoomId, past.Seq, past.Text, past.Since).Run();
        foreach (var message in room.Retold.Select(seq => room.Messages[seq]))
        {
            var isNew = room.Added.Contains(message.Seq);
            Call(message, isNew);
            if (!isNew) search.Relearn(message);
            if (message.DeletedAt is not null) dropPast.Bind(message.RoomId, message.Seq).Run();
        }
    }

    public void Dispose()
    {
        foreach (var statement in (Statement[])[put, addPast, dropPast, addMention, dropMentions]) statement.Dispose();
    }

    private void Put(Message m, Fingerprint? fingerprint, bool isNew)
    {
        if (m.ClientMessageId is { } id) ids.Add(id);
        put.Bind(
            m.RoomId, m.Seq, m.Id, m.Version, WireEnum<MessageKind>.ToWire(m.Kind), m.AuthorId, m.AuthorName, m.ClientMessageId,
            fingerprint?.ToBytes(), m.Text, m.ReplyToSeq, m.CreatedAt, m.EditedAt, m.DeletedAt, m.DeletedBy,
            MessageExtras.Write(m), m.ThreadSeq, m.PinnedAt, isNew ? search.Next(m) : null).Run();
    }

    private void Call(Message message, bool isNew)
    {
        if (!isNew) dropMentions.Bind(message.RoomId, message.Seq).Run();
        foreach (var mention in message.Mentions) addMention.Bind(mention.UserId ?? Guid.Empty, message.RoomId, message.Seq).Run();
    }
}
