using Chat.Contracts;

namespace Chat.Client;

/// <summary>
/// Messages of a room, with those of its threads, that were posted and not told one by one. Those that are in no thread can be
/// read with <see cref="ChatClient.GetHistoryAsync"/> from <see cref="AfterSeq"/> on.
/// </summary>
/// <param name="RoomId">The room.</param>
/// <param name="AfterSeq">
/// All up to this <see cref="Message.Seq"/> were told. 0 after a backup was restored: the numbers of before mean something else now.
/// </param>
/// <param name="BeforeSeq">From this <see cref="Message.Seq"/> on all are told.</param>
public sealed record MessageGap(Guid RoomId, long AfterSeq, long BeforeSeq);
