using Chat.Client.Connecting;
using Chat.Contracts;

namespace Chat.Client;

public sealed partial class ChatClient
{
    /// <summary>Gives a message of the user another text. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="seq">Its <see cref="Message.Seq"/>.</param>
    /// <param name="text">1 byte to 16 KB of UTF-8.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>, <see cref="ErrorCode.Muted"/>.</exception>
    public async Task<Message> EditMessageAsync(Guid roomId, long seq, string text, CancellationToken ct = default)
    {
        postman.Weigh(text);
        return await ChangeAsync(hub => hub.EditMessage(new EditMessage { RoomId = roomId, Seq = seq, Text = text }), ct).ConfigureAwait(false);
    }

    /// <summary>Takes the content of a message away. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="seq">Its <see cref="Message.Seq"/>.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>.</exception>
    public Task<Message> DeleteMessageAsync(Guid roomId, long seq, CancellationToken ct = default) =>
        ChangeAsync(hub => hub.DeleteMessage(new MessagePlace { RoomId = roomId, Seq = seq }), ct);

    /// <summary>What a message said, from first to last. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="seq">Its <see cref="Message.Seq"/>.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.NotFound"/>.</exception>
    public async Task<IReadOnlyList<EditedText>> GetEditsAsync(Guid roomId, long seq, CancellationToken ct = default) =>
        (await calls.AskAsync(hub => hub.GetEdits(new MessagePlace { RoomId = roomId, Seq = seq }), ct).OrThrow().ConfigureAwait(false)).Texts;

    /// <summary>Sets or takes back a reaction of the user. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="seq">The message's <see cref="Message.Seq"/>.</param>
    /// <param name="emoji">One emoji.</param>
    /// <param name="isSet">Whether it shall be there.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>, <see cref="ErrorCode.Invalid"/>.</exception>
    public Task<Message> SetReactionAsync(Guid roomId, long seq, string emoji, bool isSet = true, CancellationToken ct = default) =>
        ChangeAsync(hub => hub.SetReaction(new SetReaction { RoomId = roomId, Seq = seq, Emoji = emoji, IsSet = isSet }), ct);

    /// <summary>Pins a message, or takes it off. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="seq">The message's <see cref="Message.Seq"/>.</param>
    /// <param name="isPinned">Whether it shall be pinned.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>.</exception>
    public Task<Message> SetPinAsync(Guid roomId, long seq, bool isPinned = true, CancellationToken ct = default) =>
        ChangeAsync(hub => hub.SetPin(new SetPin { RoomId = roomId, Seq = seq, IsPinned = isPinned }), ct);

    /// <summary>What is pinned in a room, by <see cref="Message.Seq"/>. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused.</exception>
    public async Task<IReadOnlyList<Message>> ListPinsAsync(Guid roomId, CancellationToken ct = default) =>
        (await calls.AskAsync(hub => hub.ListPins(new ListPins { RoomId = roomId }), ct).OrThrow().ConfigureAwait(false)).Messages;

    /// <summary>Looks for messages in one room or all of the user's. Waits for a connection and is repeated over drops.</summary>
    /// <param name="request">What.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Invalid"/>.</exception>
    public Task<SearchPage> SearchAsync(SearchMessages request, CancellationToken ct = default) =>
        calls.AskAsync(hub => hub.Search(request), ct).OrThrow();

    /// <summary>How far the members of a room have read; empty in rooms above 50. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused.</exception>
    public async Task<IReadOnlyList<Reader>> ListReadersAsync(Guid roomId, CancellationToken ct = default) =>
        (await calls.AskAsync(hub => hub.ListReaders(new ListReaders { RoomId = roomId }), ct).OrThrow().ConfigureAwait(false)).Readers;

    /// <summary>A page of messages; it is not added to <see cref="ChatRoom.Messages"/>. Waits for a connection and is repeated over drops.</summary>
    /// <param name="request">Which.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused.</exception>
    public Task<History> GetHistoryAsync(GetHistory request, CancellationToken ct = default) =>
        calls.AskAsync(hub => hub.GetHistory(request), ct).OrThrow();

    /// <summary>Moves the user's read marker forward. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="seq">The <see cref="Message.Seq"/> of the last message that was read.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused.</exception>
    public async Task<ReadMarker> MarkReadAsync(Guid roomId, long seq, CancellationToken ct = default)
    {
        var request = new MarkRead { RoomId = roomId, Seq = seq };
        var marker = await calls.AskAsync(hub => hub.MarkRead(request), ct).OrThrow().ConfigureAwait(false);
        book.Find(roomId)?.Move(marker);
        return marker;
    }

    /// <summary>Tells the others that the user is typing, or has stopped. Worth nothing later: asked once, and not without a connection.</summary>
    /// <param name="roomId">Where.</param>
    /// <param name="isTyping">False when the user stopped without sending.</param>
    /// <param name="ct">Ends waiting.</param>
    /// <exception cref="ChatException">Refused, or <see cref="ErrorCode.Unavailable"/> without a connection.</exception>
    public Task SendTypingAsync(Guid roomId, bool isTyping = true, CancellationToken ct = default) =>
        calls.AskOnceAsync(hub => hub.SendTyping(new SendTyping { RoomId = roomId, IsTyping = isTyping }), ct).OrThrow();
}
