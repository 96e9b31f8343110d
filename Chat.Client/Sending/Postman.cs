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
    public ServerLimits Limits => greeting.Limits ?? Usual;

    /// <summary>Posts a message, and answers it as it is stored.</summary>
    /// <exception cref="ChatException">Refused for good, or <see cref="ErrorCode.Unavailable"/> where the client stops.</exception>
    public Task<Message> PostAsync(OutboxItem item) => AskAsync(hub => SendAsync(hub, item), item.Gone);

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
            var wait = error.RetryAfterMs is { } ms ? NamedWait.OfMs(ms) : backoff.Delay(attempt);
            await Task.Delay(wait, gear.Time, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Why nothing is sent for now; null where it is, or waits for somebody to sign in.</summary>
    public Exception? Cut => calls.Cut;

    /// <summary>Whether somebody else is signed in now: it waits for its author.</summary>
    public bool IsOfAnother(OutboxItem item) => item.Author is { } author && author != book.Me?.Id;

    /// <summary>As <see cref="AskAsync"/>, unless somebody else is signed in when the call goes out.</summary>
    /// <param name="author">Who asks; null for whoever signs in first.</param>
    /// <param name="call">Must be safe to repeat.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused for good; <see cref="ErrorCode.Unauthenticated"/>: somebody else is signed in.</exception>
    public Task<T> AskAsAsync<T>(Guid? author, Func<IChatHub, Task<Reply<T>>> call, CancellationToken ct) where T : class =>
        AskAsync(hub => author is null || author == book.Me?.Id ? call(hub) : throw SomebodyElse(), ct);

    /// <summary>Whether this says nothing of the message: the client is stopped, or nobody is signed in. It waits for the next start.</summary>
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
            throw TooLarge();
        // Quotes and line breaks take two bytes on the wire; the rest of the frame is far below what is left.
        if (text.Length > Limits.FrameBytes / 8 && JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.Length > Limits.FrameBytes - 2_048)
            throw new ChatException(ErrorCode.TooLarge, $"A message and all around it holds at most {Limits.FrameBytes} bytes.");
    }

    public ChatException TooLarge() => new(ErrorCode.TooLarge, $"A message holds at most {Limits.MessageTextBytes} bytes of UTF-8.");

    private Task<Reply<Message>> SendAsync(IChatHub hub, OutboxItem item)
    {
        // The server may allow less than the last one did.
        Weigh(item.Request.Text);
        if (IsOfAnother(item)) throw SomebodyElse();
        return hub.SendMessage(item.Request);
    }

    /// <summary>Takes an answer: it may be here before the event, and a repeat's is the only one, as the event was missed.</summary>
    public void Enter(Message message)
    {
        if (book.Take(message)) calls.CatchUp?.Shortly(message.RoomId);
    }

    private static ChatException SomebodyElse() => new(ErrorCode.Unauthenticated, "Somebody else is signed in now.");
}
