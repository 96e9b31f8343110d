using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.Data.Sqlite;

namespace Chat.Tests.Hubs;

/// <summary>What nobody expects: told with an id, logged under it, and nothing internal given away.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData(Wire.Json)]
    [InlineData(Wire.MessagePack)]
    public async Task An_unexpected_failure_is_answered_with_the_id_of_its_log_entry(Wire wire)
    {
        using var folder = new TemporaryFolder();
        await using var server = await ChatServer.StartOn(folder);
        server.Tolerate("Incident");
        await using var ann = await server.Enter("Ann", wire);
        await Run(folder, "alter table rooms rename to elsewhere");

        var error = (await ann.Call<Reply<RoomPage>>("ListRooms", new ListRooms())).Error!;
        error.Code.Should().Be(ErrorCode.Internal);
        error.Message.Should().NotContainAny("rooms", "SQLite", "Exception");
        server.Logs.Errors.Should().ContainSingle(line => line.Contains(error.IncidentId!) && line.Contains("no such table"));
    }

    [Fact]
    public async Task A_change_that_breaks_its_commit_fails_alone_and_leaves_no_gap()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ChatServer.StartOn(folder);
        server.Tolerate("Incident");
        // Many connections: the calls of one are taken one after the other and would never share a commit.
        var guests = await Task.WhenAll(Enumerable.Range(0, 25).Select(n => server.Enter($"Guest {n}")));
        var messages = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => guests[n % 25].Send(FirstRooms.General, $"message {n}")));
        await Run(folder, "create trigger poison before update on messages when new.text = 'poison' begin select raise(abort, 'poisoned'); end");

        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => guests[n % 25].Call<Reply<Message>>("EditMessage", new EditMessage
        {
            RoomId = FirstRooms.General,
            Seq = messages[n].Seq,
            Text = n % 25 is 7 ? "poison" : $"edited {n}",
        })));

        replies.Count(reply => reply.Error is { Code: ErrorCode.Internal, IncidentId: not null }).Should().Be(4);
        var versions = replies.Where(reply => reply.Error is null).Select(reply => reply.Result!.Version).Order().ToList();
        versions.Should().HaveCount(96);
        (versions[^1] - versions[0]).Should().Be(95, "a change that failed takes no number");
        server.Logs.At(Microsoft.Extensions.Logging.LogLevel.Warning).Should().Contain(line => line.Contains("each is tried alone"));
        foreach (var guest in guests) await guest.DisposeAsync();
    }

    private static async Task Run(TemporaryFolder folder, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={folder.File("chat.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
