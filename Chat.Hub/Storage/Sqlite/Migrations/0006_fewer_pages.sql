-- A message is written into fewer places. Its place in the order of all messages stands with it, and grows with time: hits
-- of a search are told newest first. Null for what nobody can look for.
alter table messages add column place integer;
update messages set place = (select id from searched s where s.room_id = messages.room_id and s.seq = messages.seq);
create unique index messages_placed on messages (place) where place is not null;
-- Up to this place the words of messages are in message_words. Those above are learned together, some at a time.
insert into meta (key, value) values ('learned', (select coalesce(max(id), 0) from searched));
drop table searched;

-- Most messages never change: their version is their number, by which they are found already.
drop index messages_changes;
create index messages_changes on messages (room_id, version) where version <> seq;

-- The timeline of a room in two halves, each message in one of them: what can be unread, which is counted without looking at
-- the messages, and what a room says of itself or what is deleted.
drop index messages_timeline;
create index messages_said on messages (room_id, seq, author_id) where thread_seq is null and kind <> 'system' and deleted_at is null;
create index messages_beside on messages (room_id, seq) where thread_seq is null and not (kind <> 'system' and deleted_at is null);
