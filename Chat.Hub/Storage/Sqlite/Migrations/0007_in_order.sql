-- Messages stand in the order in which they came, whatever their rooms: what comes together is written into the same pages,
-- where before each room had pages of its own for whole messages.
create table messages_in_order (
    -- The place in that order: hits of a search are told newest first, and message_words has the words of a message under it.
    -- Below zero, and so before all others, is what nobody could look for as this table was made.
    place             integer primary key,
    room_id           blob not null,
    seq               integer not null,
    version           integer not null,
    kind              text not null,
    author_id         blob,
    thread_seq        integer,
    deleted_at        integer,
    pinned_at         integer,
    id                blob not null,
    author_name       text not null,
    client_message_id blob,
    -- Tells whether a repeated client_message_id asks for the same thing, whatever became of the message since.
    fingerprint       blob,
    text              text not null,
    reply_to_seq      integer,
    created_at        integer not null,
    edited_at         integer,
    deleted_by        blob,
    -- What is rarely there (system event, mentions, attachments, reactions …), as JSON of the contract.
    extras            text
);

insert into messages_in_order (place, room_id, seq, version, kind, author_id, thread_seq, deleted_at, pinned_at, id, author_name,
        client_message_id, fingerprint, text, reply_to_seq, created_at, edited_at, deleted_by, extras)
    select -row_number() over (order by room_id desc, seq desc), room_id, seq, version, kind, author_id, thread_seq, deleted_at, pinned_at, id, author_name,
        client_message_id, fingerprint, text, reply_to_seq, created_at, edited_at, deleted_by, extras
    from messages where place is null;
insert into messages_in_order (place, room_id, seq, version, kind, author_id, thread_seq, deleted_at, pinned_at, id, author_name,
        client_message_id, fingerprint, text, reply_to_seq, created_at, edited_at, deleted_by, extras)
    select place, room_id, seq, version, kind, author_id, thread_seq, deleted_at, pinned_at, id, author_name,
        client_message_id, fingerprint, text, reply_to_seq, created_at, edited_at, deleted_by, extras
    from messages where place is not null order by place;
drop table messages;
alter table messages_in_order rename to messages;

create unique index messages_at on messages (room_id, seq);
-- A repeated send is answered with the first result: this constraint is the promise. The ids of clients begin with the time:
-- those of one moment are neighbours, whoever sent them.
create unique index messages_once on messages (client_message_id, author_id) where client_message_id is not null;
-- Sync reads what changed after a version. Most messages never change: their version is their number, by which they are found already.
create index messages_changes on messages (room_id, version) where version <> seq;
-- Threads are paged on their own.
create index messages_thread on messages (room_id, thread_seq, seq) where thread_seq is not null;
-- The timeline of a room in two halves, each message in one of them: what can be unread, which is counted without looking at
-- the messages, and what a room says of itself or what is deleted.
create index messages_said on messages (room_id, seq, author_id) where thread_seq is null and kind <> 'system' and deleted_at is null;
create index messages_beside on messages (room_id, seq) where thread_seq is null and not (kind <> 'system' and deleted_at is null);
-- What is pinned in a room.
create index messages_pinned on messages (room_id, seq) where pinned_at is not null;
