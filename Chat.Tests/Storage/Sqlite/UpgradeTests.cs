using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Chat.Hub.Storage.Sqlite;
using Chat.Tests.Running;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Storage.Sqlite;

/// <summary>A file of the version before, with what people said.</summary>
public sealed class UpgradeTests : IDisposable
{
    private const string Scripts = "Chat.Hub.Storage.Sqlite.Migrations.";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_said_before_the_index_of_words_changed_is_found_counted_and_told()
    {
        var (ann, room) = (Guid.Parse("01a00000-0000-7000-8000-000000000001"), Guid.Parse("01a00000-0000-7000-8000-000000000002"));
        WriteFileOfVersion5(ann, room);
        using var store = new SqliteStore(folder.File("chat.db"), new StoreOptions(), NullLogger<SqliteStore>.Instance);

        (await Find("old")).Should().Equal(2L);
        (await Find("edited")).Should().Equal(3L);
        (await store.Sync(new SyncRoom { RoomId = room, Version = 1, Epoch = store.Epoch }, default)).Messages.Select(message => message.Seq).Should().Equal(2L, 3L, 5L, 6L);
        (await store.Sync(new SyncRoom { RoomId = room, Version = 6, Epoch = store.Epoch }, default)).Messages.Should().BeEmpty();
        (await store.Sync(new SyncRoom { RoomId = room, Version = 3, Epoch = store.Epoch }, default)).Messages.Select(message => message.Seq).Should().Equal(3L, 5L, 6L);
        (await store.Resume(ann, Guid.Empty, "", [], default)).Rooms.Should().ContainSingle().Which.Unread.Should().Be(1, "the others are her own, or the room's");
        (await store.ReadHistory(new GetHistory { RoomId = room }, default)).Messages.Select(message => message.Seq).Should().Equal(2L, 3L, 5L, 6L);

        // And what is said from now on comes before it.
        var speaker = new Speaker(ann, "Ann", UserKind.Guest);
        var post = new PostMessage(speaker, new SendMessage { RoomId = room, ClientMessageId = Guid.NewGuid(), Text = "old and new" });
        (await StoreFixture.Write(store, post)).Should().BeNull();
        (await Find("old")).Should().Equal(7L, 2L);

        // What had no words to be found by has some now: it comes last, because nobody knows any more when it was said.
        (await StoreFixture.Write(store, new EditText(speaker, new EditMessage { RoomId = room, Seq = 6, Text = "old after all" }))).Should().BeNull();
        (await Find("old")).Should().Equal(7L, 2L, 6L);
        var page = await new Finder(store).Find(ann, new SearchMessages { Text = "old", After = "0" }, default);
        page.Result!.Hits.Should().ContainSingle().Which.Message.Seq.Should().Be(6);
        (await new Finder(store).Find(ann, new SearchMessages { Text = "old", After = "-1" }, default)).Result!.Hits.Should().BeEmpty("a page may end among those too");

        async Task<IEnumerable<long>> Find(string word) =>
            (await store.Search(ann, new Search(SearchWords.Query(word).Beginnings, null, null, MentionsMe: false, null, 10), default)).Select(hit => hit.Message.Seq);
    }

    private void WriteFileOfVersion5(Guid ann, Guid room)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("chat.db")};Pooling=False");
        connection.Open();
        Run("create table SchemaVersions (SchemaVersionID integer constraint PK_SchemaVersions_SchemaVersionID primary key autoincrement not null, ScriptName text not null, Applied datetime not null)");
        var assembly = typeof(SqliteStore).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Scripts, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (string.CompareOrdinal(name, Scripts + "0006") > 0) continue;
            using var script = new StreamReader(assembly.GetManifestResourceStream(name)!);
            Run(script.ReadToEnd());
            Run($"insert into SchemaVersions (ScriptName, Applied) values ('{name}', '2026-01-31')");
        }
        Run($"""
            insert into rooms (id, kind, name, name_key, topic, created_at, version, head, seats) values ({Hex(room)}, 'public', 'tea', 'tea', '', 0, 1, 6, 1);
            insert into members (room_id, user_id, name, name_key, user_kind, role, state, joined_at, version, read_seq)
                values ({Hex(room)}, {Hex(ann)}, 'Ann', 'ann', 'guest', 'owner', 'active', 0, 1, 1);
            insert into messages (room_id, seq, id, version, kind, author_id, author_name, text, created_at) values
                ({Hex(room)}, 2, randomblob(16), 2, 'text', {Hex(ann)}, 'Ann', 'Old words', 0),
                ({Hex(room)}, 3, randomblob(16), 4, 'text', randomblob(16), 'Ben', 'Edited words', 0),
                ({Hex(room)}, 6, randomblob(16), 6, 'text', {Hex(ann)}, 'Ann', '🙂', 0);
            insert into messages (room_id, seq, id, version, kind, author_name, text, created_at) values
                ({Hex(room)}, 5, randomblob(16), 5, 'system', '', '', 0);
            insert into searched (room_id, seq) values ({Hex(room)}, 2), ({Hex(room)}, 3);
            insert into message_words (rowid, words) values (1, '{Written("old")} {Written("words")}'), (2, '{Written("edited")} {Written("words")}')
            """);

        void Run(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        static string Hex(Guid id) => $"x'{Convert.ToHexString(id.ToByteArray(bigEndian: true))}'";
        static string Written(string word) => SearchWords.Written(word);
    }
}
