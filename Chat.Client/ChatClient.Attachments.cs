using Chat.Contracts;

namespace Chat.Client;

public sealed partial class ChatClient
{
    /// <summary>
    /// Uploads a file to a room of the user, to be sent in a message within 24 hours (<see cref="SendMessage.AttachmentIds"/>).
    /// It is streamed, never held in memory. Works without a connection of this client; it is tried once.
    /// </summary>
    /// <param name="roomId">The room.</param>
    /// <param name="content">The file, from where the stream stands; it stays open.</param>
    /// <param name="name">Its name, for people.</param>
    /// <param name="progress">Is told how many bytes were sent; null for nobody.</param>
    /// <param name="ct">Ends it; nothing is left at the server then.</param>
    /// <exception cref="ChatException">
    /// With <see cref="ErrorCode.TooLarge"/> above <see cref="ServerLimits.AttachmentBytes"/>, <see cref="ErrorCode.NotAMember"/>,
    /// <see cref="ErrorCode.RateLimited"/>, <see cref="ErrorCode.Unavailable"/> …
    /// </exception>
    /// <exception cref="HttpRequestException">
    /// The server cannot be reached, the connection broke, or nothing moved for twice the <see cref="ChatClientOptions.ServerTimeout"/>.
    /// </exception>
    public Task<Attachment> UploadAsync(Guid roomId, Stream content, string name, IProgress<long>? progress = null, CancellationToken ct = default) =>
        files.UploadAsync(roomId, content, name, progress, ct);

    /// <summary>Fetches the file of an attachment, or its small picture. To be disposed by the caller.</summary>
    /// <param name="attachmentId">The attachment.</param>
    /// <param name="thumbnail">Whether its small picture, where it has one: <see cref="Attachment.HasThumbnail"/>.</param>
    /// <param name="ct">Ends waiting for its beginning.</param>
    /// <exception cref="ChatException">With <see cref="ErrorCode.NotFound"/>: there is none, or it is not for the user.</exception>
    /// <exception cref="HttpRequestException">
    /// The server cannot be reached; also of the stream, where nothing moves for twice the <see cref="ChatClientOptions.ServerTimeout"/>.
    /// </exception>
    public Task<Stream> DownloadAsync(Guid attachmentId, bool thumbnail = false, CancellationToken ct = default) =>
        files.DownloadAsync(attachmentId, thumbnail, ct);
}
