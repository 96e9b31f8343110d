-- Messages that are still being written; each is cut off when its writer falls silent. Written with the message itself.
create table open_streams (
    room_id    blob not null,
    seq        integer not null,
    -- When its writer was heard last.
    touched_at integer not null,
    primary key (room_id, seq)
) without rowid;

-- Whose writers fell silent: asked every 2 s.
create index open_streams_touched on open_streams (touched_at);

create table incoming_webhooks (
    id          blob primary key,
    room_id     blob not null,
    name        text not null,
    -- SHA-256 of the secret, which is 32 random bytes: nothing to guess, so nothing slow is needed.
    secret_hash blob not null,
    created_by  blob not null,
    created_at  integer not null
) without rowid;

create index incoming_webhooks_of_room on incoming_webhooks (room_id);

create table outgoing_webhooks (
    id            blob primary key,
    room_id       blob not null,
    url           text not null,
    -- Names of events with commas between them; empty for all.
    events        text not null,
    -- Signs its requests, and so is kept as it is.
    secret        text not null,
    state         text not null,
    failing_since integer,
    last_error    text not null default '',
    created_by    blob not null,
    created_at    integer not null,
    -- Which node delivers, and until when it has the right to.
    lease_owner   blob,
    lease_until   integer not null default 0
) without rowid;

-- Read with every change of a room.
create index outgoing_webhooks_of_room on outgoing_webhooks (room_id);

-- What outgoing webhooks are still to be told. Written in the transaction of the change itself: nothing is lost, and the
-- versions of a room are the order.
create table webhook_events (
    webhook_id blob not null,
    version    integer not null,
    id         blob not null,
    body       text not null,
    primary key (webhook_id, version)
) without rowid;

create table bots (
    user_id    blob primary key,
    scopes     text not null,
    -- Names the present token: access tokens that were given for another one are worth nothing.
    token_id   blob not null,
    token_hash blob not null,
    created_by blob not null,
    created_at integer not null
) without rowid;
