using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Checking;
using Chat.Tests.Running;

namespace Chat.Tests.Operations;

/// <summary>Runs alone: a process measures all that is in it.</summary>
[Collection(nameof(HistoryTests))]
public sealed class MetricsTests
{
    [Fact]
    public async Task The_metrics_tell_connections_changes_and_deliveries()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        for (var i = 0; i < 5; i++) await ann.Send(FirstRooms.General, "counted");
        await ann.Call<Reply<Message>>("SendMessage", new SendMessage { RoomId = FirstRooms.General, ClientMessageId = Guid.NewGuid(), Text = "" });
        using var http = new HttpClient { BaseAddress = server.Address };
        // Answers are kept for a moment, so that scraping costs little.
        string text = "";
        await Waiting.Until(async () => (text = await http.GetStringAsync("/metrics")).Contains("outcome=\"invalid\""));
        text.Should().MatchRegex("chat_connections_open(_connection)?(\\{[^}]*\\})? [1-9]")
            .And.MatchRegex("chat_log_changes(_change)?_total\\{[^}]*outcome=\"done\"[^}]*\\} [1-9]")
            .And.MatchRegex("chat_delivery_records(_record)?_total\\{[^}]*source=\"own\"[^}]*\\} [1-9]")
            .And.Contain("chat_redis_healthy")
            .And.Contain("chat_log_commit_duration_seconds_bucket")
            .And.Contain("dotnet_");
    }
}
