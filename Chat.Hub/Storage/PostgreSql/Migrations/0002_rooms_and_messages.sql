alter table rooms
    -- In small letters, to be looked for.
    add column topic_key text collate "C" not null default '',
    add column password_hash text,
    -- Direct rooms: their people.
    add column between_users uuid[],
    add column deleted_at timestamptz,
    add column deleted_reason text,
    -- Set when what was in a deleted room is cleared away; the room itself stays, so that its members learn why it is gone.
    add column cleared_at timestamptz,
    -- Since when nobody is in it.
    add column empty_since timestamptz;

update rooms set topic_key = lower(topic);

-- The name of a deleted room is free again.
drop index rooms_public_name;
create unique index rooms_public_name on rooms (name_key) where kind = 'public' and deleted_at is null;
-- Temporary rooms go when they were empty for a while.
create index rooms_empty on rooms (empty_since) where is_temporary and empty_since is not null and deleted_at is null;
-- What is still to be cleared away.
create index rooms_to_clear on rooms (id) where deleted_at is not null and cleared_at is null;

alter table members
    add column reason text not null default '',
    add column invited_by uuid;

-- Connect reads the invitations of a user.
create index members_invited on members (user_id, room_id) where state = 'invited';
-- Moderators page through who is banned or invited.
create index members_outside on members (room_id, state, name_key, user_id) where state in ('banned', 'invited');

alter table messages
    add column thread_seq bigint,
    add column pinned_at timestamptz;

-- Threads are paged on their own.
create index messages_thread on messages (room_id, thread_seq, seq) where thread_seq is not null;
-- The room's own history, past whatever stands in threads.
create index messages_timeline on messages (room_id, seq) where thread_seq is null;
-- What is pinned in a room.
create index messages_pinned on messages (room_id, seq) where pinned_at is not null;

-- What messages said before they were edited.
create table message_edits (
    id      bigint generated always as identity primary key,
    room_id uuid not null,
    seq     bigint not null,
    text    text not null,
    since   timestamptz not null
);
create index message_edits_of on message_edits (room_id, seq, id);

-- Who is called by a message; a user of zeros is everybody in the room. Counted above read markers.
create table mentions (
    user_id uuid not null,
    room_id uuid not null,
    seq     bigint not null,
    primary key (user_id, room_id, seq)
);
create index mentions_in on mentions (room_id, seq);

-- The words of messages, as SearchWords writes them. The number of an entry grows with time: hits are told newest first.
create table searched (
    id      bigint generated always as identity primary key,
    room_id uuid not null,
    seq     bigint not null,
    words   tsvector not null,
    unique (room_id, seq)
);
create index searched_words on searched using gin (words);

-- Who did what to whom.
create table audit (
    id           bigint generated always as identity primary key,
    room_id      uuid not null,
    at           timestamptz not null,
    actor_id     uuid,
    actor_name   text not null,
    act          text not null,
    subject_id   uuid,
    subject_name text not null,
    detail       text not null
);
create index audit_of on audit (room_id, id);

create table invite_links (
    id         uuid primary key,
    room_id    uuid not null,
    created_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    max_uses   integer,
    uses       integer not null
);
create index invite_links_of on invite_links (room_id, expires_at);
