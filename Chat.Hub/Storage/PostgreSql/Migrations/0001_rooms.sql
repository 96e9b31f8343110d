-- Names sort by their bytes (collate "C"), as in SQLite and whatever the locale of the database is. Times are whole
-- milliseconds. Enums are their names on the wire.

create table meta (
    key   text primary key,
    value text not null
);

-- Takes space and gives it back: tells whether a write would succeed now.
create table probes (
    filling bytea not null
);
alter table probes alter column filling set storage external;

create table users (
    id               uuid primary key,
    name             text not null,
    name_key         text collate "C" not null,
    kind             text not null,
    password_hash    text,
    -- Who somebody is elsewhere: issuer and subject of the token of the embedding product.
    external_id      text collate "C",
    is_administrator boolean not null default false,
    created_at       timestamptz not null
);

-- Names are unique whatever their case, over guests and accounts alike.
create unique index users_name on users (name_key);
-- One user for one person elsewhere, also when two devices come for the first time at once.
create unique index users_external on users (external_id) where external_id is not null;
-- Asked with every new account: is it the first?
create index users_administrators on users (id) where is_administrator;

create table rooms (
    id           uuid primary key,
    kind         text not null,
    name         text not null,
    name_key     text collate "C" not null,
    topic        text not null,
    created_by   uuid,
    created_at   timestamptz not null,
    seat_limit   integer,
    is_temporary boolean not null default false,
    archived_at  timestamptz,
    version      bigint not null,
    -- The highest version in the room, and how many members are in it: written with every commit, under the room's lock.
    head         bigint not null,
    seats        integer not null,
    -- A sync from below this version is a reset.
    sync_floor   bigint not null default 0,
    -- The transaction that changed the row last: what other nodes ask for as news, without any clock.
    changed      xid8 not null default pg_current_xact_id()
)
-- A row is written anew with every commit to its room: half a page is left for that, and what died is cleared early.
with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- Public rooms are found by name, and listed by it.
create unique index rooms_public_name on rooms (name_key) where kind = 'public';
-- News: the rooms that changed lately, read every second by every node.
create index rooms_changed on rooms (changed);

create table members (
    room_id      uuid not null,
    user_id      uuid not null,
    name         text not null,
    name_key     text collate "C" not null,
    user_kind    text not null,
    role         text not null,
    state        text not null,
    joined_at    timestamptz not null,
    left_at      timestamptz,
    muted_until  timestamptz,
    banned_until timestamptz,
    version      bigint not null,
    -- Moves often and is in no index, nor does its move change the member: then the row's new version stays in its page.
    read_seq     bigint not null default 0,
    changed      xid8 not null default pg_current_xact_id(),
    primary key (room_id, user_id)
)
with (fillfactor = 80);

-- Sync reads what changed after a version.
create index members_changes on members (room_id, version);
-- Connect reads the rooms of a user.
create index members_of_user on members (user_id, room_id) where state = 'active';
-- The list of members is paged by name.
create index members_by_name on members (room_id, name_key, user_id) where state = 'active';
-- News: who came or went lately.
create index members_changed on members (changed);

create table messages (
    room_id           uuid not null,
    seq               bigint not null,
    id                uuid not null,
    version           bigint not null,
    kind              text not null,
    author_id         uuid,
    author_name       text not null,
    client_message_id uuid,
    -- Tells whether a repeated client_message_id asks for the same thing, whatever became of the message since.
    fingerprint       bytea,
    text              text not null,
    reply_to_seq      bigint,
    created_at        timestamptz not null,
    edited_at         timestamptz,
    deleted_at        timestamptz,
    deleted_by        uuid,
    -- What is rarely there (system event, mentions, attachments, reactions …), as JSON of the contract.
    extras            text,
    -- History is read by this alone, a page at a time, however long it grows.
    primary key (room_id, seq)
);

-- A repeated send is answered with the first result: this constraint is the promise.
create unique index messages_once on messages (author_id, client_message_id) where client_message_id is not null;
-- Sync reads what changed after a version. What never changed has its seq as version and is found by the primary key:
-- the many need no entry here.
create index messages_changes on messages (room_id, version) where version <> seq;

-- What one node asks of all (close a connection, take a user out …); kept for minutes.
create table orders (
    id         uuid primary key,
    body       text not null,
    created_at timestamptz not null default clock_timestamp(),
    changed    xid8 not null default pg_current_xact_id()
);

-- News: the orders given lately.
create index orders_changed on orders (changed);
-- Old ones are cleared whenever one is given.
create index orders_created on orders (created_at);
