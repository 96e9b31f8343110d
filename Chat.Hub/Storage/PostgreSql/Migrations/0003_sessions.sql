create table sessions (
    id            uuid primary key,
    user_id       uuid not null,
    client        text not null,
    address       text not null,
    created_at    timestamptz not null,
    last_used_at  timestamptz not null,
    -- SHA-256 of the refresh token that is good now, and of the one before: good once more for a moment after the renewal,
    -- for a client whose answer was lost.
    token_hash    bytea not null,
    previous_hash bytea,
    renewed_at    timestamptz not null,
    revoked_at    timestamptz,
    -- What the client keeps with it: a JSON object of texts.
    data          text not null default '{}'
)
with (fillfactor = 80);

-- The list of a user's sessions, the one used last first.
create index sessions_of_user on sessions (user_id, last_used_at);
-- Those that nobody used for long are collected.
create index sessions_used on sessions (last_used_at);

-- What people say of themselves, when they said it (a later word wins on every node), and until when.
alter table users add column status_text text not null default '';
alter table users add column status_until timestamptz;
alter table users add column status_set_at timestamptz not null default 'epoch';
-- When the last connection ended; null before the first came.
alter table users add column last_seen_at timestamptz;
