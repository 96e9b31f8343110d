using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Chat.Hub.Storage.Sqlite;
using Chat.Tests.Running;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Storage.Sqlite;

/// <summary>
/// Messages that are acknowledged and not in the tables yet. A copy of the files is what a process leaves that is killed; one with
/// an older log of SQLite, what a power cut leaves, since only the journal was flushed.
/// </summary>
public sealed class PostsTests : IAsyncLifetime, IDisposable
{
    private const string Tables = "chat.db";
    private const string Log = "chat.db-wal";
    private const string Journal = "chat.db.posts";

    private readonly SqliteFixture fixture = new();
    private readonly TemporaryFolder left = new();

    public Task InitializeAsync() => fixture.Open();

    public Task DisposeAsync() => fixture.Close();

    public void Dispose() => left.Dispose();

    [Fact]
    public async Task What_is_acknowledged_is_in_the_journal_and_after_a_kill_in_the_tables_once_and_in_order()
    {
        await fixture.FoundRoom();
        var ids = Enumerable.Range(0, 50).Select(_ => Guid.NewGuid()).ToList();
        for (var i = 0; i < ids.Count; i++) await fixture.Post($"message {i}", ids[i]);
        Journalled(fixture.Folder).Should().Equal(Enumerable.Range(0, 50).Select(i => $"message {i}"));

        Leave(Tables, Log, Journal);
        var before = await fixture.Sync(0);
        using var store = Reopen();
        var after = await Sync(store);
        after.Should().BeEquivalentTo(before);
        after.Messages.Select(message => message.Seq).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();

        // A repeat is known, and the next one takes the next number.
        await StoreFixture.Write(store, fixture.PostOf("message 7", ids[7]));
        await StoreFixture.Write(store, fixture.PostOf("next"));
        var next = await Sync(store);
        next.Head.Should().Be(before.Head + 1);
        next.Messages[^1].Text.Should().Be("next");
    }

    [Fact]
    public async Task What_was_settled_and_not_flushed_is_taken_from_the_journal_again()
    {
        await fixture.FoundRoom();
        await fixture.Post("first");
        await fixture.Sync(0);
        Leave(Tables, Log);
        for (var i = 0; i < 5; i++)
        {
            await fixture.Post($"later {i}");
            // Reading settles.
            await fixture.Sync(0);
        }
        Leave(Journal);
        using var store = Reopen();
        (await Sync(store)).Should().BeEquivalentTo(await fixture.Sync(0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task A_frame_that_is_half_written_is_nobodys(int missingBytes)
    {
        await fixture.FoundRoom();
        Leave(Tables, Log);
        await fixture.Post("whole");
        await fixture.Post("half");
        Leave(Journal);
        using (var journal = File.OpenWrite(left.File(Journal))) journal.SetLength(journal.Length - missingBytes);
        using var store = Reopen();
        (await Sync(store)).Messages.Select(message => message.Text).Should().Equal("Ann created tea.", "whole");
        await StoreFixture.Write(store, fixture.PostOf("goes on"));
        (await Sync(store)).Messages.Should().HaveCount(3).And.OnlyHaveUniqueItems(message => message.Seq);
    }

    [Fact]
    public async Task A_frame_whose_bytes_have_changed_ends_what_is_taken()
    {
        await fixture.FoundRoom();
        Leave(Tables, Log);
        for (var i = 0; i < 3; i++) await fixture.Post($"message {i}");
        Leave(Journal);
        var bytes = await File.ReadAllBytesAsync(left.File(Journal));
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(left.File(Journal), bytes);
        using var store = Reopen();
        (await Sync(store)).Messages.Select(message => message.Text).Should().Equal("Ann created tea.", "message 0");
    }

    [Fact]
    public async Task A_journal_of_another_store_or_another_time_is_left_alone()
    {
        await fixture.FoundRoom();
        await fixture.Post("in the backup");
        // Closed in order, and opened again.
        await fixture.Open();
        Leave(Tables);
        // A change of the tables lies between the backup and what is in the journal.
        await fixture.Write(new FoundRoom(fixture.Ann, new CreateRoom { RoomId = Guid.NewGuid(), Name = "coffee" }));
        await fixture.Post("after the backup");
        Leave(Journal);
        Journalled(left).Should().Equal("after the backup");
        using (var store = Reopen()) (await Sync(store)).Messages.Select(message => message.Text).Should().Equal("Ann created tea.", "in the backup");

        using var folder = new TemporaryFolder();
        using (var other = new SqliteStore(folder.File(Tables), new StoreOptions(), NullLogger<SqliteStore>.Instance)) await StoreFixture.Write(other, TheRoom);
        File.Copy(fixture.Folder.File(Journal), folder.File(Journal), overwrite: true);
        using (var other = new SqliteStore(folder.File(Tables), new StoreOptions(), NullLogger<SqliteStore>.Instance)) (await Sync(other)).Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task What_else_changes_finds_messages_that_are_not_settled_and_takes_the_numbers_after_them()
    {
        await fixture.FoundRoom();
        var head = (await fixture.Sync(0)).Head;
        await fixture.Post("to be edited");
        (await fixture.Write(new EditText(fixture.Ann, new EditMessage { RoomId = fixture.RoomId, Seq = head + 1, Text = "edited" }))).Should().BeNull();
        await fixture.Post("next");
        var after = await fixture.Sync(0);
        after.Messages.TakeLast(2).Select(message => (message.Text, message.Seq, message.Version)).Should().Equal(("edited", head + 1, head + 2), ("next", head + 3, head + 3));

        await fixture.Open();
        (await fixture.Sync(0)).Should().BeEquivalentTo(after);
        new FileInfo(fixture.Folder.File(Journal)).Length.Should().Be(0, "what was closed in order has all in its tables, and began anew");
    }

    [Fact]
    public async Task What_is_remembered_of_a_room_does_not_lag_behind_what_is_not_settled()
    {
        await fixture.FoundRoom();
        var id = Guid.NewGuid();
        await fixture.Post("first", id);
        // Has rooms forgotten, and settles nothing.
        await ((IWebhookStore)fixture.Store).DeleteWebhook(fixture.RoomId, Guid.NewGuid(), default);
        // Looks at the room and adds nothing.
        await fixture.Post("first", id);
        var head = (await fixture.Sync(0)).Head;
        await fixture.Post("second");
        (await fixture.Sync(0)).Messages.TakeLast(2).Select(message => (message.Text, message.Seq)).Should().Equal(("first", head), ("second", head + 1));
    }

    [Fact]
    public async Task A_commit_that_failed_leaves_nothing_behind_that_could_come_back()
    {
        await fixture.FoundRoom();
        await fixture.Post("to be edited");
        var head = (await fixture.Sync(0)).Head;
        await fixture.Run("create trigger refuses before update on messages begin select raise(abort, 'refused'); end");
        var edit = () => fixture.Write(new EditText(fixture.Ann, new EditMessage { RoomId = fixture.RoomId, Seq = head, Text = "edited" }));
        await edit.Should().ThrowAsync<SqliteException>();
        // The tables take what comes next, flushed, and the journal what is after it.
        await fixture.Post("next");
        await fixture.Post("last");
        Leave(Tables, Log, Journal);
        using var store = Reopen();
        (await Sync(store)).Messages.TakeLast(3).Select(message => (message.Text, message.Version)).Should().Equal(("to be edited", head), ("next", head + 1), ("last", head + 2));
    }

    [Fact]
    public async Task A_webhook_that_is_made_between_two_messages_hears_the_second()
    {
        await fixture.FoundRoom();
        await fixture.Post("before");
        var webhooks = (IWebhookStore)fixture.Store;
        var webhook = await webhooks.AddOutgoing(new OutgoingWebhook
        {
            Id = Guid.NewGuid(),
            RoomId = fixture.RoomId,
            Url = "http://127.0.0.1/",
            Events = [],
            Secret = "s",
            State = WebhookState.Active,
            Waiting = 0,
            CreatedBy = fixture.Ann.UserId,
            CreatedAt = StoreFixture.Now,
        }, default);
        await fixture.Post("heard");
        (await webhooks.NextEvents(webhook.Id, 10, default)).Should().ContainSingle();
        await webhooks.DeleteWebhook(fixture.RoomId, webhook.Id, default);
        await fixture.Post("after");
        (await webhooks.NextEvents(webhook.Id, 10, default)).Should().BeEmpty();
    }

    [Fact]
    public async Task They_are_in_the_tables_a_moment_after_the_last_also_when_nobody_asks()
    {
        await fixture.FoundRoom();
        await fixture.Post("soon");
        await Waiting.Until(() => Task.FromResult(Rows(fixture.Folder).Contains("soon")));
    }

    [Fact]
    public async Task A_repeat_of_what_the_tables_have_is_known_whether_they_took_it_now_or_before_the_start()
    {
        await fixture.FoundRoom();
        // Both after the start, as the next one sees it too, and one without a time.
        var early = Guid.CreateVersion7(DateTimeOffset.UtcNow.AddDays(1));
        var late = Guid.CreateVersion7(DateTimeOffset.UtcNow.AddDays(2));
        var other = Guid.AllBitsSet;
        await fixture.Post("late", late);
        await fixture.Post("early", early);
        await fixture.Post("other", other);
        await KnowAll();
        await fixture.Open();
        await KnowAll();

        // Neither is what comes after the start taken for what came before.
        (await fixture.Post("later", Guid.CreateVersion7(DateTimeOffset.UtcNow.AddDays(3)))).Should().BeNull();
        (await fixture.Sync(0)).Messages.Select(message => message.Text).Should().ContainInOrder("late", "early", "other", "later");

        async Task KnowAll()
        {
            // Reading settles.
            var head = (await fixture.Sync(0)).Head;
            foreach (var (text, id) in ((string, Guid)[])[("late", late), ("early", early), ("other", other)])
            {
                (await fixture.Post(text, id)).Should().BeNull();
                (await fixture.Post("something else", id))!.Code.Should().Be(ErrorCode.Conflict);
            }
            (await fixture.Sync(0)).Head.Should().Be(head);
        }
    }

    [Fact]
    public async Task Where_the_journal_cannot_be_written_the_tables_take_everything()
    {
        using var folder = new TemporaryFolder();
        // Opens, and is always full.
        File.CreateSymbolicLink(folder.File(Journal), "/dev/full");
        var logs = new LogSink();
        using (var store = new SqliteStore(folder.File(Tables), new StoreOptions(), LoggerOf(logs)))
        {
            await StoreFixture.Write(store, TheRoom);
            for (var i = 0; i < 3; i++) (await StoreFixture.Write(store, fixture.PostOf($"message {i}"))).Should().BeNull();
        }
        Rows(folder).Should().Contain(["message 0", "message 1", "message 2"]);
        logs.At(LogLevel.Warning).Should().ContainSingle(line => line.Contains("journal"));
    }

    [Fact]
    public async Task Many_more_than_may_wait_come_into_the_tables_and_the_journal_begins_anew()
    {
        await fixture.FoundRoom();
        var text = new string('x', 8_000);
        for (var i = 0; i < 30; i++)
        {
            var needs = new Needs();
            var posts = Enumerable.Range(0, 50).Select(n => fixture.PostOf($"{i} {n} {text}")).ToList();
            posts.ForEach(post => post.Tell(needs));
            await fixture.Store.Commit(needs, ledger => posts.ForEach(post => StoreFixture.Decide(post, ledger)));
        }
        (await fixture.History(limit: 1)).Messages[^1].Seq.Should().Be(1_503);
        new FileInfo(fixture.Folder.File(Journal)).Length.Should().BeLessThan(10 * 1024 * 1024, "12 MB were written");
        await fixture.Open();
        (await fixture.History(limit: 1)).Messages[^1].Seq.Should().Be(1_503);
    }

    private FoundRoom TheRoom => new(fixture.Ann, new CreateRoom { RoomId = fixture.RoomId, Name = "tea" });

    private static Logger<SqliteStore> LoggerOf(LogSink logs) =>
        new(new LoggerFactory([logs]));

    private void Leave(params string[] names)
    {
        foreach (var name in names) File.Copy(fixture.Folder.File(name), left.File(name), overwrite: true);
    }

    private SqliteStore Reopen() => new(left.File(Tables), new StoreOptions(), NullLogger<SqliteStore>.Instance);

    private Task<RoomSync> Sync(SqliteStore store) => store.Sync(new SyncRoom { RoomId = fixture.RoomId, Version = 0, Epoch = store.Epoch }, default);

    private IEnumerable<string> Journalled(TemporaryFolder folder) =>
        PostJournal.Read(folder.File(Journal), fixture.Store.Epoch, above: null).SelectMany(frame => frame.Messages).Select(message => message.Text);

    private static List<string> Rows(TemporaryFolder folder)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File(Tables)};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select text from messages";
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read()) texts.Add(reader.GetString(0));
        return texts;
    }
}
