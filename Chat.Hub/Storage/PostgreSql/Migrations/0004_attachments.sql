create table attachments (
    id            uuid primary key,
    room_id       uuid not null,
    -- Null until a message uses it.
    message_seq   bigint,
    uploader_id   uuid not null,
    name          text not null,
    media_type    text not null,
    size          bigint not null,
    width         integer,
    height        integer,
    has_thumbnail boolean not null default false,
    -- The name of its bytes outside of this database; forwarded files share them.
    blob          text collate "C" not null,
    created_at    timestamptz not null
);

-- A message that is deleted frees its files; so does a room.
create index attachments_of_message on attachments (room_id, message_seq);
-- How much somebody has uploaded and not used.
create index attachments_unused on attachments (uploader_id) include (size) where message_seq is null;
-- What nobody used for a day.
create index attachments_old on attachments (created_at) where message_seq is null;
-- Whether bytes are still needed.
create index attachments_blob on attachments (blob);

-- Bytes that perhaps nobody needs: noted before they are written, and when a file that needed them is gone.
create table loose_blobs (
    blob  text collate "C" primary key,
    since timestamptz not null
);

-- The oldest are looked at first.
create index loose_blobs_since on loose_blobs (since);
