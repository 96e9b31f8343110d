// Somebody's first program with Chat.Client: signs in, connects, sends, edits, reads, uploads, and says what it saw.
using System.Text;
using Chat.Client;
using Chat.Contracts;

var server = new Uri(args[0]);
var protocol = args[1] is "json" ? ChatProtocol.Json : ChatProtocol.MessagePack;
using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
var ct = limit.Token;

using var http = new HttpClient();
var signIn = new ChatSignIn(http, server);
using var ann = new KeptSignIn(signIn, await signIn.AsGuestAsync("Ann", ct));
var outbox = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.outbox");
try
{
    await using var chat = new ChatClient(new ChatClientOptions { Server = server, SignIn = ann, Protocol = protocol, OutboxFile = outbox });
    await chat.StartAsync(ct);
    Console.WriteLine($"{chat.User!.Name} is {chat.Status.State}");

    var general = chat.Rooms.Single(room => room.Room.Name == "general");
    var heard = new TaskCompletionSource<Message>();
    general.MessageChanged += (_, message) =>
    {
        if (message.EditedAt is not null) heard.TrySetResult(message);
    };
    var sent = await chat.SendMessageAsync(general.Id, "Hello 👋", ct: ct);
    await chat.EditMessageAsync(general.Id, sent.Seq, "Hello, world 🌍", ct);
    Console.WriteLine($"heard {(await heard.Task.WaitAsync(ct)).Text}");

    var file = await chat.UploadAsync(general.Id, new MemoryStream(Encoding.UTF8.GetBytes("notes")), "notes.txt", ct: ct);
    var withFile = new SendMessage { RoomId = general.Id, ClientMessageId = Guid.NewGuid(), Text = "", AttachmentIds = [file.Id] };
    await chat.SendMessageAsync(withFile, ct);
    using var reader = new StreamReader(await chat.DownloadAsync(file.Id, ct: ct));
    Console.WriteLine($"file {file.Name} says {await reader.ReadToEndAsync(ct)}");

    var history = await chat.GetHistoryAsync(new GetHistory { RoomId = general.Id }, ct);
    foreach (var message in history.Messages.Where(message => message.Kind is not MessageKind.System))
        Console.WriteLine($"read {message.Kind} {message.AuthorName}: {message.Text}{string.Concat(message.Attachments.Select(a => a.Name))} {message.Mentions.Count}");
}
catch (NotSupportedException e)
{
    Console.WriteLine($"not supported: {e.Message}");
}
finally
{
    File.Delete(outbox);
}
