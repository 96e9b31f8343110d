create table attachments (
    id            blob primary key,
    room_id       blob not null,
    -- Null until a message uses it.
    message_seq   integer,
    uploader_id   blob not null,
    name          text not null,
    media_type    text not null,
    size          integer not null,
    width         integer,
    height        integer,
    has_thumbnail integer not null default 0,
    -- The name of its bytes outside of this file; forwarded files share them.
    blob          text not null,
    created_at    integer not null
) without rowid;

-- A message that is deleted frees its files; so does a room.
create index attachments_of_message on attachments (room_id, message_seq);
-- How much somebody has uploaded and not used.
create index attachments_unused on attachments (uploader_id, size) where message_seq is null;
-- What nobody used for a day.
create index attachments_old on attachments (created_at) where message_seq is null;
-- Whether bytes are still needed.
create index attachments_blob on attachments (blob);

-- Bytes that perhaps nobody needs: noted before they are written, and when a file that needed them is gone.
create table loose_blobs (
    blob  text primary key,
    since integer not null
) without rowid;

-- The oldest are looked at first.
create index loose_blobs_since on loose_blobs (since);
