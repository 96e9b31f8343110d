using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>The uploaded files that the changes of one commit see, and what becomes of them.</summary>
internal sealed class FileLedger
{
    private readonly Dictionary<Guid, StoredFile> known = [];

    /// <summary>Files that messages took, with the message.</summary>
    public List<StoredFile> Taken { get; } = [];

    /// <summary>Files of forwarded messages, with the message that repeats them.</summary>
    public List<StoredFile> Copied { get; } = [];

    /// <summary>Messages whose files nobody needs any more, and since when.</summary>
    public List<(Guid RoomId, long Seq, DateTimeOffset At)> Freed { get; } = [];

    public void Keep(StoredFile file) => known[file.Attachment.Id] = file;

    /// <summary>A file that somebody uploaded to the room and did not use yet; null for none.</summary>
    public StoredFile? Unused(Guid attachmentId, Guid roomId, Guid uploaderId) =>
        known.GetValueOrDefault(attachmentId) is { MessageSeq: null } file && file.RoomId == roomId && file.UploaderId == uploaderId ? file : null;

    /// <summary>The same file again, for a message elsewhere: another id, and the same bytes.</summary>
    public StoredFile? Copy(Guid attachmentId, Guid roomId, Guid authorId, DateTimeOffset now)
    {
        if (!known.TryGetValue(attachmentId, out var source)) return null;
        var copy = source with
        {
            Attachment = source.Attachment with { Id = Guid.CreateVersion7(now) },
            RoomId = roomId,
            UploaderId = authorId,
            MessageSeq = null,
            CreatedAt = now,
        };
        Keep(copy);
        return copy;
    }

    /// <summary>A message was posted: what it has is its own from now on.</summary>
    public void Posted(Message message)
    {
        foreach (var attachment in message.Attachments)
        {
            var file = known[attachment.Id] with { MessageSeq = message.Seq };
            Keep(file);
            (message.ForwardedFrom is null ? Taken : Copied).Add(file);
        }
    }
}
