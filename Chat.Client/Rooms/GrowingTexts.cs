using Chat.Contracts;

namespace Chat.Client.Rooms;

/// <summary>
/// Puts the pieces of open messages together, ahead of what the store has of them. A piece that does not fit yet is kept
/// until the record that it follows is here.
/// </summary>
internal sealed class GrowingTexts
{
    private const int KeptEarly = 200;

    private readonly Dictionary<long, SortedDictionary<int, string>> early = [];

    public void Clear() => early.Clear();

    /// <summary>A record that is not held here: once it is not open any more, nothing waits for it.</summary>
    public void Pass(Message record)
    {
        if (record is not { Stream: StreamState.Open, DeletedAt: null }) early.Remove(record.Seq);
    }

    /// <summary>The record with all that was heard of its text; one that is not open is as it is.</summary>
    /// <param name="record">As the store has it.</param>
    /// <param name="held">As it was here before; null for not.</param>
    public Message Take(Message record, Message? held)
    {
        if (record is not { Stream: StreamState.Open, DeletedAt: null })
        {
            early.Remove(record.Seq);
            return record;
        }
        var isAhead = held is not null && held.Text.Length > record.Text.Length && held.Text.StartsWith(record.Text, StringComparison.Ordinal);
        var text = isAhead ? held!.Text : record.Text;
        return WithEarly(record with { Text = text });
    }

    /// <summary>The message with the piece; null when it adds nothing now.</summary>
    /// <param name="chunk">The piece.</param>
    /// <param name="held">The message; null when it is not here yet.</param>
    public Message? Take(StreamChunk chunk, Message? held)
    {
        if (held is { Stream: not StreamState.Open }) return null;
        if (held is null || chunk.Offset > held.Text.Length)
        {
            if (!early.TryGetValue(chunk.Seq, out var pieces)) early[chunk.Seq] = pieces = [];
            if (pieces.Count < KeptEarly) pieces[chunk.Offset] = chunk.Text;
            return null;
        }
        var added = Added(held.Text, chunk.Offset, chunk.Text);
        return added.Length is 0 ? null : WithEarly(held with { Text = held.Text + added });
    }

    private Message WithEarly(Message message)
    {
        if (!early.TryGetValue(message.Seq, out var pieces)) return message;
        var text = message.Text;
        while (pieces.Count > 0 && pieces.First() is var (offset, piece) && offset <= text.Length)
        {
            pieces.Remove(offset);
            text += Added(text, offset, piece);
        }
        if (pieces.Count is 0) early.Remove(message.Seq);
        return message with { Text = text };
    }

    private static string Added(string text, int offset, string piece) => text.Length - offset is var known && known < piece.Length ? piece[known..] : "";
}
