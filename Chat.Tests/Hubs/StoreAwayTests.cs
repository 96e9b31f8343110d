using System.Net;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.Data.Sqlite;

namespace Chat.Tests.Hubs;

public sealed class StoreAwayTests
{
    [Fact]
    public async Task While_the_store_cannot_be_written_sends_are_refused_with_a_retry_time_and_nothing_is_lost()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ChatServer.StartOn(folder);
        server.Tolerate("The store is unavailable");
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob");
        using var http = new HttpClient { BaseAddress = server.Address };
        var request = new SendMessage { RoomId = FirstRooms.General, ClientMessageId = Guid.NewGuid(), Text = "waits" };

        await using (var other = new SqliteConnection($"Data Source={folder.File("chat.db")};Pooling=False"))
        {
            await other.OpenAsync();
            await Run(other, "begin immediate");
            var refused = await ann.Call<Reply<Message>>("SendMessage", request);
            refused.Error.Should().Match<Error>(error => error.Code == ErrorCode.Unavailable && error.RetryAfterMs > 0);
            (await http.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
            (await http.GetAsync("/health/live")).StatusCode.Should().Be(HttpStatusCode.OK);
            (await bob.Call<Reply<History>>("GetHistory", new GetHistory { RoomId = FirstRooms.General })).Error.Should().BeNull("reading goes on");
            await Run(other, "rollback");
        }

        (await http.GetStringAsync("/health/ready")).Should().Be("ready");
        var sent = (await ann.Call<Reply<Message>>("SendMessage", request)).Result!;
        (await bob.Hears<Message>(message => message.Text == "waits")).Should().BeEquivalentTo(sent);
    }

    private static async Task Run(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
