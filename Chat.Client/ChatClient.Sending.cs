using Chat.Contracts;

namespace Chat.Client;

public sealed partial class ChatClient
{
    /// <summary>
    /// What the user wrote and is not in its room yet, in the order it was written. With
    /// <see cref="ChatClientOptions.OutboxFile"/> also what earlier runs of the program left; what another user left in it waits
    /// for that user, unseen.
    /// </summary>
    public IReadOnlyList<Outgoing> Outgoing => outbox.Shown();

    /// <summary>
    /// Posts a message sooner or later, connected or not. It is kept before this returns, and on the disk itself before its
    /// first try where there is an <see cref="ChatClientOptions.OutboxFile"/>. The messages of a room go out in the order of
    /// these calls, one at a time, each under its id until the server has answered: it is posted once. One that the server
    /// refuses is parked as <see cref="OutgoingState.Failed"/>, and those behind it go on.
    /// </summary>
    /// <param name="request">What; its id belongs to it for ever.</param>
    /// <exception cref="ChatException">
    /// It is not kept: <see cref="ErrorCode.TooLarge"/>, <see cref="ErrorCode.Invalid"/>, <see cref="ErrorCode.Conflict"/> where its id is
    /// another message's, <see cref="ErrorCode.Unavailable"/> where the outbox file cannot be written.
    /// </exception>
    public Outgoing Send(SendMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        postman.Check(request);
        var item = outbox.Add(request);
        lanes.Run(request.RoomId);
        return item.Now;
    }

    /// <summary>As above.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="text">1 byte to 16 KB of UTF-8.</param>
    /// <param name="replyToSeq">The message this one answers; null for none.</param>
    /// <exception cref="ChatException">As above.</exception>
    public Outgoing Send(Guid roomId, string text, long? replyToSeq = null) => Send(Request(roomId, outbox.NewId(), text, replyToSeq));

    /// <summary>
    /// Posts a message and answers the stored record, as <see cref="Send(SendMessage)"/> with somebody who waits: a refusal is
    /// an exception here, and not parked. While the server is unavailable or the user too fast, it is repeated after the time
    /// the server names.
    /// </summary>
    /// <param name="roomId">Where.</param>
    /// <param name="text">1 byte to 16 KB of UTF-8.</param>
    /// <param name="replyToSeq">The message this one answers; null for none.</param>
    /// <param name="ct">Stops waiting and repeating; the message may have been posted all the same.</param>
    /// <exception cref="ChatException">
    /// Refused for good: <see cref="ErrorCode.NotAMember"/>, <see cref="ErrorCode.Muted"/>, <see cref="ErrorCode.TooLarge"/>,
    /// <see cref="ErrorCode.Invalid"/>; or given up: <see cref="ErrorCode.Unavailable"/> when the client stops.
    /// </exception>
    public Task<Message> SendMessageAsync(Guid roomId, string text, long? replyToSeq = null, CancellationToken ct = default) =>
        SendMessageAsync(roomId, outbox.NewId(), text, replyToSeq, ct);

    /// <summary>As above, with the id of a message that was sent before, perhaps by an earlier run of the program.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="clientMessageId">Belongs to this text for ever: with another one it is refused with <see cref="ErrorCode.Conflict"/>.</param>
    /// <param name="text">1 byte to 16 KB of UTF-8.</param>
    /// <param name="replyToSeq">The message this one answers; null for none.</param>
    /// <param name="ct">Stops waiting and repeating; the message may have been posted all the same.</param>
    /// <exception cref="ChatException">As above.</exception>
    public Task<Message> SendMessageAsync(Guid roomId, Guid clientMessageId, string text, long? replyToSeq = null, CancellationToken ct = default) =>
        SendMessageAsync(Request(roomId, clientMessageId, text, replyToSeq), ct);

    /// <summary>As above, into a thread, with attachments, or forwarded.</summary>
    /// <param name="request">What; its id belongs to it for ever.</param>
    /// <param name="ct">Stops waiting and repeating; the message may have been posted all the same.</param>
    /// <exception cref="ChatException">As above.</exception>
    public async Task<Message> SendMessageAsync(SendMessage request, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        postman.Check(request);
        ct.ThrowIfCancellationRequested();
        var (item, answer) = outbox.AddAwaited(request);
        lanes.Run(request.RoomId);
        try
        {
            return await answer.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            outbox.TakeBack(item);
            throw;
        }
    }

    /// <summary>Sends a message that failed again, as it is.</summary>
    /// <param name="id">Its <see cref="Client.Outgoing.Id"/>.</param>
    /// <returns>The message as it is now; after a <see cref="ErrorCode.Conflict"/> under another id.</returns>
    /// <exception cref="ChatException"><see cref="ErrorCode.NotFound"/>: no failed message has this id.</exception>
    public Outgoing RetryOutgoing(Guid id) => Running(outbox.Retry(id));

    /// <summary>Sends a message that failed with another text, under another id.</summary>
    /// <param name="id">Its <see cref="Client.Outgoing.Id"/>.</param>
    /// <param name="text">1 byte to 16 KB of UTF-8.</param>
    /// <returns>The message as it is now.</returns>
    /// <exception cref="ChatException">
    /// <see cref="ErrorCode.NotFound"/>: no failed message has this id. <see cref="ErrorCode.TooLarge"/>, <see cref="ErrorCode.Invalid"/>: of the text.
    /// </exception>
    public Outgoing EditOutgoing(Guid id, string text)
    {
        if (outbox.Shown().FirstOrDefault(one => one.Id == id) is { } parked) postman.Check(parked.Request with { Text = text });
        return Running(outbox.Edit(id, text));
    }

    /// <summary>Gives a message that failed up.</summary>
    /// <param name="id">Its <see cref="Client.Outgoing.Id"/>.</param>
    /// <exception cref="ChatException"><see cref="ErrorCode.NotFound"/>: no failed message has this id.</exception>
    public void DropOutgoing(Guid id) => outbox.Drop(id);

    private static SendMessage Request(Guid roomId, Guid id, string text, long? replyToSeq) =>
        new() { RoomId = roomId, ClientMessageId = id, Text = text, ReplyToSeq = replyToSeq };

    private Outgoing Running(Outgoing outgoing)
    {
        lanes.Run(outgoing.RoomId);
        return outgoing;
    }
}
