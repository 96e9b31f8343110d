-- Messages that are still being written; each is cut off when its writer falls silent. Written with the message itself.
create table open_streams (
    room_id    uuid not null,
    seq        bigint not null,
    -- When its writer was heard last.
    touched_at timestamptz not null,
    primary key (room_id, seq)
);

-- Whose writers fell silent: asked every 2 s.
create index open_streams_touched on open_streams (touched_at);

create table incoming_webhooks (
    id          uuid primary key,
    room_id     uuid not null,
    name        text not null,
    -- SHA-256 of the secret, which is 32 random bytes: nothing to guess, so nothing slow is needed.
    secret_hash bytea not null,
    created_by  uuid not null,
    created_at  timestamptz not null
);

create index incoming_webhooks_of_room on incoming_webhooks (room_id);

create table outgoing_webhooks (
    id            uuid primary key,
    room_id       uuid not null,
    url           text not null,
    -- Names of events with commas between them; empty for all.
    events        text not null,
    -- Signs its requests, and so is kept as it is.
    secret        text not null,
    state         text not null,
    failing_since timestamptz,
    last_error    text not null default '',
    created_by    uuid not null,
    created_at    timestamptz not null,
    -- Which node delivers, and until when it has the right to.
    lease_owner   uuid,
    lease_until   timestamptz not null default '-infinity'
);

-- Read with every change of a room.
create index outgoing_webhooks_of_room on outgoing_webhooks (room_id);

-- What outgoing webhooks are still to be told. Written in the transaction of the change itself: nothing is lost, and the
-- versions of a room are the order.
create table webhook_events (
    webhook_id uuid not null,
    version    bigint not null,
    id         uuid not null,
    body       text not null,
    primary key (webhook_id, version)
);

create table bots (
    user_id    uuid primary key,
    scopes     text not null,
    -- Names the present token: access tokens that were given for another one are worth nothing.
    token_id   uuid not null,
    token_hash bytea not null,
    created_by uuid not null,
    created_at timestamptz not null
);
