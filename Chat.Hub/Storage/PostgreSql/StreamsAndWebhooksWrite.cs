using Chat.Contracts;
using Chat.Hub.Rooms;
using Npgsql;
using static Chat.Hub.Storage.PostgreSql.Batches;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>Reads and writes, with the changes of rooms, which messages are open and what outgoing webhooks are to be told.</summary>
internal static class StreamsAndWebhooksWrite
{
    public const string FindListeners = "select room_id, id, events from outgoing_webhooks where room_id = any($1)";

    public static void Keep(Ledger ledger, List<(Guid RoomId, WebhookListener Listener)> found)
    {
        foreach (var (roomId, listener) in found) ledger.Room(roomId).Listeners.Add(listener);
    }

    public static (Guid RoomId, WebhookListener Listener) Listener(NpgsqlDataReader row) =>
        (row.GetGuid(0), new WebhookListener(row.GetGuid(1), WebhookEvents.Read(row.GetString(2))));

    public static void Put(NpgsqlBatch batch, List<RoomLedger> changed)
    {
        var streamed = changed.SelectMany(room => room.Written).OfType<Message>().Where(message => message.Stream is not null).ToList();
        var ended = streamed.FindAll(message => message is not { Stream: StreamState.Open, DeletedAt: null });
        var begun = streamed.FindAll(message => message is { Stream: StreamState.Open, DeletedAt: null } && message.Version == message.Seq);
        if (begun.Count > 0)
        {
            batch.Add(
                "insert into open_streams (room_id, seq, touched_at) select * from unnest($1, $2, $3)",
                Each(begun, m => m.RoomId), Each(begun, m => m.Seq), Each(begun, m => Batches.WholeMilliseconds(m.CreatedAt)));
        }
        if (ended.Count > 0)
        {
            batch.Add(
                "delete from open_streams s using unnest($1, $2) as ended (room_id, seq) where s.room_id = ended.room_id and s.seq = ended.seq",
                Each(ended, m => m.RoomId), Each(ended, m => m.Seq));
        }
        var tidings = changed.SelectMany(room => room.Tidings).ToList();
        if (tidings.Count is 0) return;
        batch.Add(
            "insert into webhook_events (webhook_id, version, id, body) select * from unnest($1, $2, $3, $4)",
            Each(tidings, t => t.WebhookId), Each(tidings, t => t.Version), Each(tidings, t => t.Id), Each(tidings, t => t.Body));
    }
}
