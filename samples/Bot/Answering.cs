using Chat.Client;
using Chat.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Samples.Bot;

/// <summary>Hears every new message, and answers those that call the bot.</summary>
internal sealed partial class Answering(ChatClient chat, Answers answers, ILogger<Answering> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Over drops and restarts of the server too: the client reconnects and tells what was missed.
        var heard = chat.MessagesAsync(stoppingToken);
        // A token that is not good ends the program here.
        await chat.WaitUntilConnectedAsync(stoppingToken);
        Ready(chat.User!.Name);
        await foreach (var message in heard)
        {
            if (Calls(message)) await AnswerAsync(message, stoppingToken);
        }
    }

    private bool Calls(Message message) =>
        chat.User is { } me && message.AuthorId != me.Id && message.Mentions.Any(mention => mention.UserId == me.Id);

    private async Task AnswerAsync(Message question, CancellationToken ct)
    {
        var answer = answers.To(question.Text);
        try
        {
            await chat.StreamMessageAsync(question.RoomId, answers.WordByWord(answer, ct), question.Seq, ct);
        }
        catch (ChatException e) when (e.Code is ErrorCode.NotFound && chat.FindRoom(question.RoomId) is not null)
        {
            // The server was away for more than 20 s and has ended the message: the outbox says it once more, in one piece.
            chat.Send(question.RoomId, answer, question.Seq);
        }
        catch (ChatException)
        {
            // Muted, or no longer in the room: there is nobody to tell.
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Answering whoever calls @{Name}.")]
    private partial void Ready(string name);
}
