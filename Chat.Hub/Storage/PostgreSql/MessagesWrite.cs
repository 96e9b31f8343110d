using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Rooms;
using Npgsql;
using static Chat.Hub.Storage.PostgreSql.Batches;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>Writes messages, and what is found by them: their words, whom they call, what they said before.</summary>
internal static class MessagesWrite
{
    private const string AddMessages = """
        insert into messages (room_id, seq, id, version, kind, author_id, author_name, client_message_id, fingerprint, text, reply_to_seq,
            created_at, edited_at, deleted_at, deleted_by, extras, thread_seq, pinned_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        """;

    private const string ChangeMessages = """
        update messages m set version = n.version, kind = n.kind, text = n.text, edited_at = n.edited_at, deleted_at = n.deleted_at,
            deleted_by = n.deleted_by, extras = n.extras, pinned_at = n.pinned_at
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            as n (room_id, seq, version, kind, text, edited_at, deleted_at, deleted_by, extras, pinned_at)
        where m.room_id = n.room_id and m.seq = n.seq
        """;

    private const string AddPast = "insert into message_edits (room_id, seq, text, since) select * from unnest($1, $2, $3, $4)";

    // What stands for a message in these is written anew when it says something else.
    private const string DropMentions = "delete from mentions d using unnest($1, $2) as n (room_id, seq) where d.room_id = n.room_id and d.seq = n.seq";
    private const string DropPast = "delete from message_edits d using unnest($1, $2) as n (room_id, seq) where d.room_id = n.room_id and d.seq = n.seq";
    private const string DropWords = "delete from searched d using unnest($1, $2) as n (room_id, seq) where d.room_id = n.room_id and d.seq = n.seq";

    private const string AddMentions = "insert into mentions (user_id, room_id, seq) select * from unnest($1, $2, $3) on conflict do nothing";

    // In the order of posting: the numbers of the entries are the order of the hits. An edited one keeps its number.
    private const string PutWords = """
        insert into searched (room_id, seq, words)
        select room_id, seq, array_to_tsvector(string_to_array(words, ' ')) from unnest($1, $2, $3) with ordinality as n (room_id, seq, words, place)
        order by place
        on conflict (room_id, seq) do update set words = excluded.words
        """;

    public static void Put(NpgsqlBatch batch, List<RoomLedger> rooms)
    {
        var final = rooms.SelectMany(room => room.Final.OfType<Message>().Select(message => (Room: room, Message: message))).ToList();
        var added = final.Where(entry => entry.Room.Added.Contains(entry.Message.Seq)).ToList();
        if (added.Count > 0) Add(batch, added);
        var changed = final.Where(entry => !entry.Room.Added.Contains(entry.Message.Seq)).Select(entry => entry.Message).ToList();
        if (changed.Count > 0) Change(batch, changed);
        PutPast(batch, rooms);
        PutFindings(batch, rooms);
    }

    private static void Add(NpgsqlBatch batch, List<(RoomLedger Room, Message Message)> added)
    {
        var messages = added.ConvertAll(entry => entry.Message);
        batch.Add(
            AddMessages, Each(messages, m => m.RoomId), Each(messages, m => m.Seq), Each(messages, m => m.Id), Each(messages, m => m.Version),
            Each(messages, m => WireEnum<MessageKind>.ToWire(m.Kind)), Each(messages, m => m.AuthorId), Each(messages, m => m.AuthorName),
            Each(messages, m => m.ClientMessageId), Each(added, entry => entry.Room.FingerprintOf(entry.Message)?.ToBytes()),
            Each(messages, m => m.Text), Each(messages, m => m.ReplyToSeq), Each(messages, m => Batches.WholeMilliseconds(m.CreatedAt)),
            Each(messages, m => Batches.WholeMilliseconds(m.EditedAt)), Each(messages, m => Batches.WholeMilliseconds(m.DeletedAt)),
            Each(messages, m => m.DeletedBy), Each(messages, MessageExtras.Write), Each(messages, m => m.ThreadSeq),
            Each(messages, m => Batches.WholeMilliseconds(m.PinnedAt)));
    }

    private static void Change(NpgsqlBatch batch, List<Message> messages) => batch.Add(
        ChangeMessages, Each(messages, m => m.RoomId), Each(messages, m => m.Seq), Each(messages, m => m.Version),
        Each(messages, m => WireEnum<MessageKind>.ToWire(m.Kind)), Each(messages, m => m.Text),
        Each(messages, m => Batches.WholeMilliseconds(m.EditedAt)), Each(messages, m => Batches.WholeMilliseconds(m.DeletedAt)),
        Each(messages, m => m.DeletedBy), Each(messages, MessageExtras.Write), Each(messages, m => Batches.WholeMilliseconds(m.PinnedAt)));

    private static void PutPast(NpgsqlBatch batch, List<RoomLedger> rooms)
    {
        var past = rooms.SelectMany(room => room.Past.Select(text => (room.RoomId, Text: text))).ToList();
        if (past.Count is 0) return;
        batch.Add(
            AddPast, Each(past, p => p.RoomId), Each(past, p => p.Text.Seq), Each(past, p => p.Text.Text),
            Each(past, p => Batches.WholeMilliseconds(p.Text.Since)));
    }

    private static void PutFindings(NpgsqlBatch batch, List<RoomLedger> rooms)
    {
        var retold = rooms.SelectMany(room => room.Retold.Select(seq => (Message: room.Messages[seq], IsNew: room.Added.Contains(seq)))).ToList();
        var again = retold.Where(entry => !entry.IsNew).Select(entry => entry.Message).ToList();
        if (again.Count > 0) batch.Add(DropMentions, Each(again, m => m.RoomId), Each(again, m => m.Seq));
        var deleted = retold.Where(entry => entry.Message.DeletedAt is not null).Select(entry => entry.Message).ToList();
        if (deleted.Count > 0) batch.Add(DropPast, Each(deleted, m => m.RoomId), Each(deleted, m => m.Seq));

        var mentions = retold.SelectMany(entry => entry.Message.Mentions.Select(mention => (mention.UserId, entry.Message))).ToList();
        if (mentions.Count > 0)
            batch.Add(AddMentions, Each(mentions, m => m.UserId ?? Guid.Empty), Each(mentions, m => m.Message.RoomId), Each(mentions, m => m.Message.Seq));

        var words = retold.ConvertAll(entry => (entry.Message, entry.IsNew, Words: string.Join(' ', SearchWords.Of(entry.Message))));
        var mute = words.Where(entry => !entry.IsNew && entry.Words.Length is 0).Select(entry => entry.Message).ToList();
        if (mute.Count > 0) batch.Add(DropWords, Each(mute, m => m.RoomId), Each(mute, m => m.Seq));
        var said = words.Where(entry => entry.Words.Length > 0).ToList();
        if (said.Count > 0) batch.Add(PutWords, Each(said, s => s.Message.RoomId), Each(said, s => s.Message.Seq), Each(said, s => s.Words));
    }
}
