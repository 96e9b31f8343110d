-- The number of the last frame of the journal of posts that the tables have. A version of Chat that does not know the journal
-- would leave out what it holds, and is refused.
insert into meta (key, value) values ('posts', '0');
