-- In small letters, to be looked for.
alter table rooms add column topic_key text not null default '';
update rooms set topic_key = lower(topic);
alter table rooms add column password_hash text;
-- Direct rooms: the ids of their people, one after the other, 16 bytes each.
alter table rooms add column between_users blob;
alter table rooms add column deleted_at integer;
alter table rooms add column deleted_reason text;
-- Set when what was in a deleted room is cleared away; the room itself stays, so that its members learn why it is gone.
alter table rooms add column cleared_at integer;
-- Since when nobody is in it.
alter table rooms add column empty_since integer;

-- The name of a deleted room is free again.
drop index rooms_public_name;
create unique index rooms_public_name on rooms (name_key) where kind = 'public' and deleted_at is null;
-- Temporary rooms go when they were empty for a while.
create index rooms_empty on rooms (empty_since) where is_temporary = 1 and empty_since is not null and deleted_at is null;
-- What is still to be cleared away.
create index rooms_to_clear on rooms (id) where deleted_at is not null and cleared_at is null;

alter table members add column reason text not null default '';
alter table members add column invited_by blob;

-- Connect reads the invitations of a user.
create index members_invited on members (user_id, room_id) where state = 'invited';
-- Moderators page through who is banned or invited.
create index members_outside on members (room_id, state, name_key, user_id) where state in ('banned', 'invited');

alter table messages add column thread_seq integer;
alter table messages add column pinned_at integer;

-- Threads are paged on their own.
create index messages_thread on messages (room_id, thread_seq, seq) where thread_seq is not null;
-- The room's own history, past whatever stands in threads.
create index messages_timeline on messages (room_id, seq) where thread_seq is null;
-- What is pinned in a room.
create index messages_pinned on messages (room_id, seq) where pinned_at is not null;

-- What messages said before they were edited.
create table message_edits (
    id      integer primary key,
    room_id blob not null,
    seq     integer not null,
    text    text not null,
    since   integer not null
);
create index message_edits_of on message_edits (room_id, seq, id);

-- Who is called by a message; a user of zeros is everybody in the room. Counted above read markers.
create table mentions (
    user_id blob not null,
    room_id blob not null,
    seq     integer not null,
    primary key (user_id, room_id, seq)
) without rowid;
create index mentions_in on mentions (room_id, seq);

-- The words of messages, as SearchWords writes them. The number of an entry grows with time: hits are told newest first.
create table searched (
    id      integer primary key autoincrement,
    room_id blob not null,
    seq     integer not null,
    unique (room_id, seq)
);
create virtual table message_words using fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii', detail = none);

-- Who did what to whom.
create table audit (
    id           integer primary key autoincrement,
    room_id      blob not null,
    at           integer not null,
    actor_id     blob,
    actor_name   text not null,
    act          text not null,
    subject_id   blob,
    subject_name text not null,
    detail       text not null
);
create index audit_of on audit (room_id, id);

create table invite_links (
    id         blob primary key,
    room_id    blob not null,
    created_by blob not null,
    created_at integer not null,
    expires_at integer not null,
    max_uses   integer,
    uses       integer not null
) without rowid;
create index invite_links_of on invite_links (room_id, expires_at);
