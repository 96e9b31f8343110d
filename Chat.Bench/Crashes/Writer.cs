using System.CommandLine;
using System.Globalization;
using Chat.Client;
using Chat.Hub.Rooms;

namespace Chat.Bench.Crashes;

/// <summary>
/// The program that is killed: when it is told to, it writes one message after the other, and says of each that it is kept. Told
/// to finish, it writes nothing, and ends when nothing waits any more.
/// </summary>
internal static class Writer
{
    public const string Verb = "writer";
    public const string Write = "write";
    public const string Finish = "finish";
    public const string Kept = "kept";
    public const string Sent = "sent";

    /// <summary>Where that many wait it writes no further, or a slow machine would have most of a run's messages left at its end.</summary>
    private const int Waiting = 50;

    public static Command Make()
    {
        var server = new Argument<string>("server");
        var token = new Argument<string>("token");
        var run = new Argument<int>("run");
        var outbox = new Option<string?>("--outbox");
        var command = new Command(Verb, "Writes until it is killed, for crashes.") { server, token, run, outbox };
        command.Hidden = true;
        command.SetAction((parsed, _) => RunAsync(new Uri(parsed.GetValue(server)!), parsed.GetValue(token)!, parsed.GetValue(run), parsed.GetValue(outbox)));
        return command;
    }

    private static async Task<int> RunAsync(Uri server, string token, int run, string? outbox)
    {
        // Started ahead, so that the next one is there at once when one is killed; the file is the other's until then.
        var order = await Console.In.ReadLineAsync();
        await using var client = new ChatClient(new ChatClientOptions
        {
            Server = server,
            AccessToken = _ => Task.FromResult<string?>(token),
            Transport = ChatTransport.WebSocketsOnly,
            LongestBackoff = TimeSpan.FromSeconds(1),
            OutboxFile = outbox,
        });
        client.OutgoingChanged += (_, now) =>
        {
            if (now.State is OutgoingState.Sent) Console.WriteLine($"{Sent} {now.Text}");
        };
        var starting = client.StartAsync();
        if (order is Write) await WriteAsync(client, run);
        await starting;
        while (client.Outgoing.Count > 0) await Task.Delay(20);
        return 0;
    }

    private static async Task WriteAsync(ChatClient client, int run)
    {
        for (var number = 1; ; number++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{run}.{number}");
            client.Send(FirstRooms.General, text);
            Console.WriteLine($"{Kept} {text}");
            do await Task.Delay(Random.Shared.Next(40, 160));
            while (client.Outgoing.Count >= Waiting);
        }
    }
}
