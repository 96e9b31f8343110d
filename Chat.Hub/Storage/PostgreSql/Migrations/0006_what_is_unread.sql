-- What can be unread, counted at each Connect: a room that everybody joins says more of who came than of anything else.
create index messages_said on messages (room_id, seq) include (author_id)
    where thread_seq is null and kind <> 'system' and deleted_at is null;
