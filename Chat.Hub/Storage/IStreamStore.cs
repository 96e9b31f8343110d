using Chat.Contracts;

namespace Chat.Hub.Storage;

/// <summary>
/// The open messages. The room writers note each in the transaction that begins it, and strike it off in the one that ends
/// it; so none is forgotten, whichever node dies.
/// </summary>
internal interface IStreamStore
{
    /// <summary>A message as the store has it.</summary>
    Task<Message?> FindStream(Guid roomId, long seq, CancellationToken cancellation);

    /// <summary>Notes that the writers of these messages are there.</summary>
    Task TouchStreams(IReadOnlyList<MessagePlace> streams, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Open messages whose writer was not heard since then, the first <paramref name="most"/>.</summary>
    Task<IReadOnlyList<MessagePlace>> FindSilentStreams(DateTimeOffset since, int most, CancellationToken cancellation);

    /// <summary>Strikes off what is no open message any more, such as one of a room that was deleted.</summary>
    Task ForgetStream(MessagePlace stream, CancellationToken cancellation);
}
