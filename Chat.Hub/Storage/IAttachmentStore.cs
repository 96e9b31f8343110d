using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage;

/// <summary>
/// Remembers what was uploaded. Using a file in a message, and freeing it with the message, is part of
/// <see cref="IRoomStore.Commit"/>; with its room, of <see cref="IRoomUpkeep.ClearSome"/>. A blob that perhaps nobody needs is noted as loose before it is written, and again
/// when a file that needs it goes: so none is left behind, whenever a node ends.
/// Every method throws <see cref="StoreUnavailableException"/> when the disk or the database is away.
/// </summary>
internal interface IAttachmentStore
{
    /// <summary>The room, and the user's place in it; null where it is not there.</summary>
    Task<(Room Room, Member? Member)?> FindPlace(Guid roomId, Guid userId, CancellationToken cancellation);

    Task<StoredFile?> FindFile(Guid attachmentId, CancellationToken cancellation);

    /// <summary>Bytes that the user uploaded and did not use yet.</summary>
    Task<long> UnusedBytes(Guid uploaderId, CancellationToken cancellation);

    /// <summary>Notes a blob that is about to be written.</summary>
    Task NoteBlob(string blob, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Adds a file whose blob is written; false, and nothing done, where its uploader would have more unused bytes than that.</summary>
    Task<bool> AddFile(StoredFile file, long mostUnusedBytes, CancellationToken cancellation);

    /// <summary>Forgets unused files that are older; answers how many.</summary>
    Task<int> FreeUnused(DateTimeOffset before, DateTimeOffset now, int most, CancellationToken cancellation);

    /// <summary>Blobs that were noted as loose before, the oldest first.</summary>
    Task<IReadOnlyList<LooseBlob>> LooseBlobs(DateTimeOffset before, int most, CancellationToken cancellation);

    /// <summary>Takes a note away, if it was not renewed meanwhile.</summary>
    Task ForgetBlob(LooseBlob blob, CancellationToken cancellation);
}

/// <summary>A blob that was noted as loose, and whether some file needs it all the same.</summary>
internal sealed record LooseBlob(string Blob, DateTimeOffset Since, bool IsNeeded);
