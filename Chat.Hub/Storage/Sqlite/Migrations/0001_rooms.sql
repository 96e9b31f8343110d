-- Ids are UUIDs, 16 bytes, big-endian. Times are milliseconds since 1970 in UTC. Enums are their names on the wire.

create table meta (
    key   text primary key,
    value text not null
) without rowid;

create table users (
    id               blob primary key,
    name             text not null,
    name_key         text not null,
    kind             text not null,
    password_hash    text,
    -- Who somebody is elsewhere: issuer and subject of the token of the embedding product.
    external_id      text,
    is_administrator integer not null default 0,
    created_at       integer not null
) without rowid;

-- Names are unique whatever their case, over guests and accounts alike.
create unique index users_name on users (name_key);
-- One user for one person elsewhere, also when two devices come for the first time at once.
create unique index users_external on users (external_id) where external_id is not null;

create table rooms (
    id           blob primary key,
    kind         text not null,
    name         text not null,
    name_key     text not null,
    topic        text not null,
    created_by   blob,
    created_at   integer not null,
    seat_limit   integer,
    is_temporary integer not null default 0,
    archived_at  integer,
    version      integer not null,
    -- The highest version in the room, and how many members are in it: written with every commit, under the room's lock.
    head         integer not null,
    seats        integer not null,
    -- A sync from below this version is a reset.
    sync_floor   integer not null default 0
) without rowid;

-- Public rooms are found by name, and listed by it.
create unique index rooms_public_name on rooms (name_key) where kind = 'public';

create table members (
    room_id      blob not null,
    user_id      blob not null,
    name         text not null,
    name_key     text not null,
    user_kind    text not null,
    role         text not null,
    state        text not null,
    joined_at    integer not null,
    left_at      integer,
    muted_until  integer,
    banned_until integer,
    version      integer not null,
    read_seq     integer not null default 0,
    primary key (room_id, user_id)
) without rowid;

-- Sync reads what changed after a version.
create index members_changes on members (room_id, version);
-- Connect reads the rooms of a user.
create index members_of_user on members (user_id, room_id) where state = 'active';
-- The list of members is paged by name.
create index members_by_name on members (room_id, name_key, user_id) where state = 'active';

create table messages (
    room_id           blob not null,
    seq               integer not null,
    id                blob not null,
    version           integer not null,
    kind              text not null,
    author_id         blob,
    author_name       text not null,
    client_message_id blob,
    -- Tells whether a repeated client_message_id asks for the same thing, whatever became of the message since.
    fingerprint       blob,
    text              text not null,
    reply_to_seq      integer,
    created_at        integer not null,
    edited_at         integer,
    deleted_at        integer,
    deleted_by        blob,
    -- What is rarely there (system event, mentions, attachments, reactions …), as JSON of the contract.
    extras            text,
    primary key (room_id, seq)
) without rowid;

-- A repeated send is answered with the first result: this constraint is the promise.
create unique index messages_once on messages (author_id, client_message_id) where client_message_id is not null;
-- Sync reads what changed after a version.
create index messages_changes on messages (room_id, version);
