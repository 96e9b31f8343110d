using Chat.Client;
using Chat.Contracts;

namespace Chat.Samples.Terminal;

/// <summary>Without a terminal: what is said comes out line by line, lines that come in are sent, and at their end it waits until all is sent.</summary>
internal sealed class Pipe(Desk desk)
{
    public async Task RunAsync(CancellationToken ct)
    {
        var said = desk.Notes;
        desk.Changed += () =>
        {
            if (desk.Notes == said) return;
            said = desk.Notes;
            Console.Error.WriteLine(string.Join('\n', desk.Notes));
        };
        desk.Chat.StatusChanged += (_, status) => Console.Error.WriteLine($"-- {Words.Of(status, DateTimeOffset.UtcNow)}");
        desk.Chat.RoomAdded += (_, room) => room.MessageChanged += (_, message) =>
        {
            if (room == desk.Room && message.Version == message.Seq && message.Kind is not MessageKind.System)
                Console.WriteLine($"{Words.Time(message.CreatedAt)} {message.AuthorName}: {Words.Text(message)}");
        };
        await desk.Chat.StartAsync(ct);
        while (!desk.IsLeaving && await Console.In.ReadLineAsync(ct) is { } line)
        {
            if (line.Length > 0) await desk.EnterAsync(line);
        }
        await AllSentAsync(ct);
    }

    private async Task AllSentAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (desk.Chat.Outgoing.Any(one => one.State is OutgoingState.Sending)) await timer.WaitForNextTickAsync(ct);
        foreach (var one in desk.Chat.Outgoing.Where(one => one.State is OutgoingState.Failed)) await Console.Error.WriteLineAsync($"not sent: {one.Text} ({one.Error?.Message})");
    }
}
