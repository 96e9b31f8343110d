using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chat.Client.Connecting;
using Chat.Client.Rooms;
using Chat.Contracts;

namespace Chat.Client.Sending;

/// <summary>Brings one message to the server, however often it must ring.</summary>
internal sealed class Postman(ClientGear gear, Calls calls, RoomBook book, Greeting greeting, Backoff backoff)
{
    private static readonly ServerLimits Usual = new() { MessageTextBytes = 16 * 1024, FrameBytes = 64 * 1024, AttachmentBytes = 16 * 1024 * 1024 };

    /// <summary>What a message may be; the usual limits before the server has told its own.</summary>
    private ServerLimits Limits => greeting.Limits ?? Usual;

    /// <summary>Posts a message, and answers it as it is stored.</summary>
    /// <exception cref="ChatException">Refused for good, or <see cref="ErrorCode.Unavailable"/> where the client stops.</exception>
    public async Task<Message> PostAsync(OutboxItem item)
    {
        var message = await AskAsync(hub => SendAsync(hub, item), item.Ct).ConfigureAwait(false);
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

    /// <summary>Whether this says nothing of the message: the client is stopped, or somebody else is signed in. It waits for the next start.</summary>
    public bool IsForNow(Exception reason) => reason is ChatException { Code: ErrorCode.Unauthenticated } || calls.WereCutBy(reason);

    /// <summary>Refuses what the server would refuse, before it is sent.</summary>
    /// <exception cref="ChatException"><see cref="ErrorCode.TooLarge"/> or <see cref="ErrorCode.Invalid"/>.</exception>
    public void Check(SendMessage request)
    {
        Weigh(request.Text);
        var mayBeEmpty = request.AttachmentIds.Count > 0 || request.Forward is not null;
        if (string.IsNullOrWhiteSpace(request.Text) && !(mayBeEmpty && request.Text.Length is 0))
            throw new ChatException(ErrorCode.Invalid, "text: must not be empty.");
    }

    /// <exception cref="ChatException"><see cref="ErrorCode.TooLarge"/>.</exception>
    public void Weigh(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Encoding.UTF8.GetByteCount(text) > Limits.MessageTextBytes)
            throw new ChatException(ErrorCode.TooLarge, $"A message holds at most {Limits.MessageTextBytes} bytes of UTF-8.");
        // Quotes and line breaks take two bytes on the wire; the rest of the frame is far below what is left.
        if (text.Length > Limits.FrameBytes / 8 && JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.Length > Limits.FrameBytes - 2_048)
            throw new ChatException(ErrorCode.TooLarge, $"A message and all around it holds at most {Limits.FrameBytes} bytes.");
    }

    private Task<Reply<Message>> SendAsync(IChatHub hub, OutboxItem item)
    {
        // The server may allow less than the last one did.
        Weigh(item.Request.Text);
        if (item.Author != book.Me?.Id) throw new ChatException(ErrorCode.Unauthenticated, "Somebody else is signed in now.");
        return hub.SendMessage(item.Request);
    }

    /// <summary>Takes an answer: it may be here before the event, and a repeat's is the only one, as the event was missed.</summary>
    public void Enter(Message message)
    {
        if (book.Take(message)) calls.CatchUp?.Shortly(message.RoomId);
    }
}
