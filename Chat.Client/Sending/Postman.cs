using System.Text;
using Chat.Client.Connecting;
using Chat.Client.Rooms;
using Chat.Contracts;

namespace Chat.Client.Sending;

/// <summary>Brings one message to the server, however often it must ring.</summary>
internal sealed class Postman(ClientGear gear, Calls calls, RoomBook book, Greeting greeting, Backoff backoff)
{
    public async Task<Message> PostAsync(PendingMessage pending)
    {
        var message = await AskAsync(hub => SendAsync(hub, pending), pending.Ct).ConfigureAwait(false);
        Enter(message);
        return message;
    }

    /// <summary>Asks until the server has decided, over drops, signing in again, and while it is busy or away.</summary>
    /// <param name="call">Must be safe to repeat.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused for good.</exception>
    public async Task<T> AskAsync<T>(Func<IChatHub, Task<Reply<T>>> call, CancellationToken ct) where T : class
    {
        for (var attempt = 0; ; attempt++)
        {
            var reply = await calls.AskAsync(call, ct, overSignIn: true).ConfigureAwait(false);
            if (reply.Error is not { Code: ErrorCode.Unavailable or ErrorCode.RateLimited } error) return reply.OrThrow();
            var wait = error.RetryAfterMs is { } ms ? TimeSpan.FromMilliseconds(ms) : backoff.Delay(attempt);
            await Task.Delay(wait, gear.Time, ct).ConfigureAwait(false);
        }
    }

    /// <exception cref="ChatException">With <see cref="ErrorCode.TooLarge"/>.</exception>
    public void Weigh(string text)
    {
        if (greeting.Limits is { } limits && Encoding.UTF8.GetByteCount(text) > limits.MessageTextBytes)
            throw new ChatException(ErrorCode.TooLarge, $"A message holds at most {limits.MessageTextBytes} bytes of UTF-8.");
    }

    private Task<Reply<Message>> SendAsync(IChatHub hub, PendingMessage pending)
    {
        Weigh(pending.Request.Text);
        if (pending.Author is { } author && author != book.Me?.Id)
            throw new ChatException(ErrorCode.Unauthenticated, "Somebody else is signed in now.");
        return hub.SendMessage(pending.Request);
    }

    /// <summary>Takes an answer: it may be here before the event, and a repeat's is the only one, as the event was missed.</summary>
    public void Enter(Message message)
    {
        if (book.Take(message)) calls.CatchUp?.Shortly(message.RoomId);
    }
}
