using System.Net;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.Data.Sqlite;

namespace Chat.Tests.Hubs;

public sealed class StoreAwayTests
{
    [Fact]
    public async Task While_the_store_cannot_be_written_changes_are_refused_with_a_retry_time_and_nothing_is_lost()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ChatServer.StartOn(folder);
        server.Tolerate("The store is unavailable");
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob");
        using var http = new HttpClient { BaseAddress = server.Address };
        var message = await ann.Send(FirstRooms.General, "before");
        (await History(bob)).Error.Should().BeNull();
        var request = new EditMessage { RoomId = FirstRooms.General, Seq = message.Seq, Text = "waits" };

        await using (var other = await Holding(folder))
        {
            var refused = await ann.Call<Reply<Message>>("EditMessage", request);
            refused.Error.Should().Match<Error>(error => error.Code == ErrorCode.Unavailable && error.RetryAfterMs > 0);
            (await http.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
            (await http.GetAsync("/health/live")).StatusCode.Should().Be(HttpStatusCode.OK);
            (await History(bob)).Error.Should().BeNull("reading goes on");
            await Run(other, "rollback");
        }

        (await http.GetStringAsync("/health/ready")).Should().Be("ready");
        var edited = (await ann.Call<Reply<Message>>("EditMessage", request)).Result!;
        (await bob.Hears<Message>(heard => heard.Text == "waits")).Should().BeEquivalentTo(edited);
    }

    [Fact]
    public async Task A_message_that_only_the_journal_could_take_is_heard_and_no_history_is_told_without_it()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ChatServer.StartOn(folder);
        server.Tolerate("The store is unavailable");
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob");
        (await History(bob)).Error.Should().BeNull();
        var refused = new SendMessage { RoomId = FirstRooms.General, ClientMessageId = Guid.NewGuid(), Text = "refused" };

        Message kept;
        await using (var other = await Holding(folder))
        {
            kept = await ann.Send(FirstRooms.General, "kept");
            (await bob.Hears<Message>(heard => heard.Text == "kept")).Should().BeEquivalentTo(kept);
            (await History(bob)).Error.Should().Match<Error>(error => error.Code == ErrorCode.Unavailable && error.RetryAfterMs > 0);
            // No more is taken in than can be told of.
            (await ann.Call<Reply<Message>>("SendMessage", refused)).Error.Should().Match<Error>(error => error.Code == ErrorCode.Unavailable && error.RetryAfterMs > 0);
            await Run(other, "rollback");
        }

        (await History(bob)).Result!.Messages[^1].Should().BeEquivalentTo(kept);
        (await ann.Call<Reply<Message>>("SendMessage", refused)).Result!.Seq.Should().Be(kept.Seq + 1);
    }

    private static Task<Reply<History>> History(Guest guest) => guest.Call<Reply<History>>("GetHistory", new GetHistory { RoomId = FirstRooms.General });

    private static async Task<SqliteConnection> Holding(TemporaryFolder folder)
    {
        var other = new SqliteConnection($"Data Source={folder.File("chat.db")};Pooling=False");
        await other.OpenAsync();
        await Run(other, "begin immediate");
        return other;
    }

    private static async Task Run(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
