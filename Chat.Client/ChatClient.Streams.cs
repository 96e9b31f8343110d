using Chat.Client.Sending;
using Chat.Contracts;

namespace Chat.Client;

public sealed partial class ChatClient
{
    /// <summary>
    /// Posts a message that is written while it is sent, such as the answer of a language model: the others see it grow. Over
    /// a dropped connection it goes on from where the server is, if that is back within 20 s.
    /// </summary>
    /// <param name="roomId">Where.</param>
    /// <param name="pieces">The text, piece by piece; asked for the next whether the last is sent yet or not.</param>
    /// <param name="replyToSeq">The message this one answers; null for none.</param>
    /// <param name="ct">Ends it: what was sent stays, as cut off.</param>
    /// <returns>The whole message as the server keeps it.</returns>
    /// <exception cref="ChatException">
    /// Refused, as <see cref="SendMessageAsync(Guid, string, long?, CancellationToken)"/>; or on the way, and what was sent stays as cut
    /// off: <see cref="ErrorCode.TooLarge"/>, <see cref="ErrorCode.Muted"/>, <see cref="ErrorCode.NotFound"/> when it was cut off meanwhile.
    /// </exception>
    public async Task<Message> StreamMessageAsync(Guid roomId, IAsyncEnumerable<string> pieces, long? replyToSeq = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        var start = new StreamStart { RoomId = roomId, ClientMessageId = Guid.CreateVersion7(gear.Time.GetUtcNow()), ReplyToSeq = replyToSeq };
        return await new StreamPen(gear, calls, postman, book.Me?.Id).WriteAsync(start, pieces, ct).ConfigureAwait(false);
    }
}
