using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>The files of a message that is posted.</summary>
internal static class PostedFiles
{
    private const int Most = 10;

    public static Error? Check(SendMessage request) =>
        request.AttachmentIds.Count > Most ? Refusal.Invalid("attachmentIds", $"at most {Most}.")
        : request.AttachmentIds.Distinct().Count() < request.AttachmentIds.Count ? Refusal.Invalid("attachmentIds", "must be different ones.")
        : request is { Forward: not null, AttachmentIds.Count: > 0 } ? Refusal.Invalid("attachmentIds", "must be empty where a message is forwarded.")
        : null;

    /// <summary>What the author uploaded for it, or what the forwarded message has; null where one is not there, not the author's, or used before.</summary>
    public static IReadOnlyList<Attachment>? Of(SendMessage request, Message? source, FileLedger files, Guid authorId, DateTimeOffset now)
    {
        var found = source is null
            ? request.AttachmentIds.Select(id => files.Unused(id, request.RoomId, authorId)).ToList()
            : source.Attachments.Select(attachment => files.Copy(attachment.Id, request.RoomId, authorId, now)).ToList();
        return found.Contains(null) ? null : found.ConvertAll(file => file!.Attachment);
    }

    public static MessageKind KindOf(IReadOnlyList<Attachment> files) =>
        files.Count is 0 ? MessageKind.Text : files.All(file => file.Width is not null) ? MessageKind.Image : MessageKind.File;
}
