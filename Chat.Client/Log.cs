using Chat.Contracts;
using Microsoft.Extensions.Logging;

namespace Chat.Client;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Connected as {UserId}; {Behind} of {Rooms} rooms to catch up with.")]
    public static partial void Attached(this ILogger log, Guid userId, int behind, int rooms);

    [LoggerMessage(2, LogLevel.Information, "No connection: {Reason} Next try in {Delay}.")]
    public static partial void TryingAgain(this ILogger log, string reason, TimeSpan delay);

    [LoggerMessage(3, LogLevel.Warning, "Not connecting again: {Reason}")]
    public static partial void GaveUp(this ILogger log, string reason);

    [LoggerMessage(4, LogLevel.Error, "The connection loop broke.")]
    public static partial void LoopBroke(this ILogger log, Exception error);

    [LoggerMessage(5, LogLevel.Error, "A handler of {Event} failed; the client goes on.")]
    public static partial void HandlerFailed(this ILogger log, string @event, Exception error);

    [LoggerMessage(6, LogLevel.Warning, "Catching up with room {RoomId} was refused ({Code}); next try in {Delay}.")]
    public static partial void SyncRefused(this ILogger log, Guid roomId, ErrorCode code, TimeSpan delay);

    [LoggerMessage(7, LogLevel.Warning, "Catching up with room {RoomId} failed.")]
    public static partial void SyncFailed(this ILogger log, Guid roomId, Exception error);

    [LoggerMessage(8, LogLevel.Debug, "The connection ended during {Work}.")]
    public static partial void EndedDuring(this ILogger log, string work, Exception error);

    [LoggerMessage(9, LogLevel.Warning, "The presence could not be set again.")]
    public static partial void PresenceRefused(this ILogger log, Exception error);

    [LoggerMessage(20, LogLevel.Debug, "Changes of the network are not told on this platform.")]
    public static partial void NoNetworkNews(this ILogger log, Exception error);

    [LoggerMessage(21, LogLevel.Information, "The machine slept, or the program was frozen, for {Absence}: connecting anew.")]
    public static partial void Woke(this ILogger log, TimeSpan absence);

    [LoggerMessage(22, LogLevel.Information, "The connection did not answer: connecting anew.")]
    public static partial void Unanswered(this ILogger log, Exception error);

    [LoggerMessage(23, LogLevel.Error, "Sleep and changes of the network are not noticed any more.")]
    public static partial void WatchBroke(this ILogger log, Exception error);

    [LoggerMessage(10, LogLevel.Error, "The outbox file could not be written; what waits is held in memory.")]
    public static partial void OutboxNotWritten(this ILogger log, Exception error);

    [LoggerMessage(11, LogLevel.Warning, "{Lines} lines of the outbox file cannot be read; the file as it was is in {Aside}.")]
    public static partial void OutboxDamaged(this ILogger log, int lines, string aside);

    [LoggerMessage(40, LogLevel.Debug, "Who is in room {RoomId} could not be loaded; asked again at the next connection.")]
    public static partial void PeopleNotLoaded(this ILogger log, Guid roomId, Exception error);

    [LoggerMessage(41, LogLevel.Debug, "A thread of room {RoomId} could not be loaded; tried again at the next connection.")]
    public static partial void ThreadNotLoaded(this ILogger log, Guid roomId, Exception error);

    [LoggerMessage(42, LogLevel.Warning, "Messages of room {RoomId} above {AfterSeq} and below {BeforeSeq} were missed, and nobody asked to be told.")]
    public static partial void MessagesMissed(this ILogger log, Guid roomId, long afterSeq, long beforeSeq);

    [LoggerMessage(43, LogLevel.Error, "What is bound could not be brought up to date.")]
    public static partial void PassFailed(this ILogger log, Exception error);

    [LoggerMessage(44, LogLevel.Debug, "{Work} of room {RoomId} was not told.")]
    public static partial void NotTold(this ILogger log, string work, Guid roomId, Exception error);

    [LoggerMessage(45, LogLevel.Error, "The client of the host does not run.")]
    public static partial void HostedClientGaveUp(this ILogger log, Exception error);
}
