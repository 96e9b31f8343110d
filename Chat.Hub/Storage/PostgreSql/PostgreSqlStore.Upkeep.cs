namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore : IRoomUpkeep
{
    // One node at a time clears a room: the others pass it over. What goes with a message goes with it, in one statement.
    private const string Clear = $"""
        with room as (
            select id from rooms where deleted_at is not null and cleared_at is null limit 1 for update skip locked),
        gone as (
            select m.room_id, m.seq from messages m join room on room.id = m.room_id order by m.seq limit $1),
        found as (delete from searched d using gone where d.room_id = gone.room_id and d.seq = gone.seq),
        calls as (delete from mentions d using gone where d.room_id = gone.room_id and d.seq = gone.seq),
        past as (delete from message_edits d using gone where d.room_id = gone.room_id and d.seq = gone.seq),
        said as (delete from messages d using gone where d.room_id = gone.room_id and d.seq = gone.seq),
        files as (delete from attachments d using room where d.room_id = room.id returning d.blob),
        loosened as (insert into loose_blobs (blob, since) select distinct blob, $2 from files order by blob {FileRows.LooseAgain}),
        links as (delete from invite_links d using room where d.room_id = room.id),
        outgoing as (delete from outgoing_webhooks d using room where d.room_id = room.id and (select count(*) from gone) < $1 returning d.id),
        events as (delete from webhook_events d using outgoing where d.webhook_id = outgoing.id),
        incoming as (delete from incoming_webhooks d using room where d.room_id = room.id),
        streams as (delete from open_streams d using room where d.room_id = room.id),
        done as (
            update rooms r set cleared_at = $2 from room where r.id = room.id and (select count(*) from gone) < $1)
        select count(*)::int from room
        """;

    public async Task<IReadOnlyList<Guid>> EmptyRooms(DateTimeOffset since, CancellationToken cancellation) => await All(
        "select id from rooms where is_temporary and empty_since is not null and deleted_at is null and empty_since <= $1 order by empty_since limit 100",
        row => row.GetGuid(0), cancellation, since);

    public Task<bool> ClearSome(int messages, DateTimeOffset now, CancellationToken cancellation) => sessions.WriteAgain(
        connection => Ask(connection, batch => batch.Add(Clear, messages, now), rows => rows.First(row => row.GetInt32(0) > 0, cancellation), cancellation),
        cancellation);
}
