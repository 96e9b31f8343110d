using System.Text;
using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Streams;

/// <summary>An open message whose writer is connected to this node: the text so far, of which the store has the most. Used under its gate.</summary>
internal sealed class OpenStream(Message message, long now)
{
    private readonly StringBuilder text = new(message.Text);
    private int bytes = Encoding.UTF8.GetByteCount(message.Text);

    public SemaphoreSlim Gate { get; } = new(1, 1);

    public Guid RoomId => message.RoomId;

    public long Seq => message.Seq;

    public Guid AuthorId { get; } = message.AuthorId!.Value;

    public string Text => text.ToString();

    public int Length => text.Length;

    /// <summary>How much of it the store has.</summary>
    public int Stored { get; set; } = message.Text.Length;

    /// <summary>When it was written last.</summary>
    public long StoredAt { get; set; } = now;

    /// <summary>When its writer was heard last.</summary>
    public long HeardAt { get; set; } = now;

    /// <summary>Whether the store is still to learn that the writer was heard.</summary>
    public bool IsHeard { get; set; } = true;

    /// <summary>Whether it is no longer this node's: ended, or written on another node.</summary>
    public bool IsOver { get; set; }

    /// <summary>Takes what is new of a piece.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="limits">What a message takes.</param>
    /// <returns>What was added, null for nothing; or why not.</returns>
    public (StreamChunk? Added, Error? Mistake) Take(StreamPiece piece, RoomLimits limits)
    {
        if (piece.Offset < 0) return (null, Refusal.Invalid("offset", "must be a position in the text."));
        // A gap, or nothing but what is there: the answer's length says where to go on.
        var skip = text.Length - piece.Offset;
        if (skip < 0 || skip >= piece.Text.Length) return (null, null);
        var added = piece.Text[skip..];
        var more = Encoding.UTF8.GetByteCount(added);
        if (bytes + more > limits.MessageTextBytes)
            return (null, Refusal.Of(ErrorCode.TooLarge, $"text: at most {limits.MessageTextBytes:N0} bytes of UTF-8."));
        if (Texts.CheckCharacters(added) is { } mistake) return (null, mistake);

        var chunk = new StreamChunk { RoomId = RoomId, Seq = Seq, Offset = text.Length, Text = added };
        text.Append(added);
        bytes += more;
        return (chunk, null);
    }
}
