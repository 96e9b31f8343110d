using System.Collections.Concurrent;
using Chat.Contracts;
using Chat.Hub.Presence;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Streams;

/// <summary>The open messages whose writers are connected to this node: begins them, takes their pieces, ends them.</summary>
internal sealed class OpenStreams(
    RoomLog log, IStreamStore store, Attendance attendance, StreamVoice voice, StreamLimiter limiter, MentionLookup mentions,
    IOptions<RoomLimits> limits, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(Guid RoomId, long Seq), OpenStream> streams = [];

    public IEnumerable<OpenStream> All => streams.Values;

    public async Task<Reply<Message>> Begin(Speaker who, StreamStart request, CancellationToken cancellation)
    {
        var written = await log.Write(new BeginStreamChange(who, request), cancellation);
        if (written.Error is { } refusal) return refusal;
        var message = (Message)written.Result!.Records[0];
        if (message.Stream is StreamState.Open) Hold(message);
        return message;
    }

    public async Task<Reply<StreamProgress>> Append(Speaker who, StreamPiece piece, CancellationToken cancellation)
    {
        if (limiter.Refusal(who.UserId, piece.Text.Length) is { } wait) return wait;
        if (await Find(who.UserId, piece.RoomId, piece.Seq, cancellation) is not { } stream) return StreamRules.NotOpen;
        await stream.Gate.WaitAsync(cancellation);
        try
        {
            if (stream.IsOver) return StreamRules.NotOpen;
            // Sent away a moment ago: the store would say so with the next write, but nobody shall hear more until then.
            if (!attendance.Hears(who.UserId, piece.RoomId)) return await CutOff(stream, Refusal.NotAMember);
            var (added, mistake) = stream.Take(piece, limits.Value);
            if (mistake is not null) return mistake;
            (stream.HeardAt, stream.IsHeard) = (clock.GetTimestamp(), true);
            if (added is not null) await voice.Tell(added);
            return new StreamProgress { Length = stream.Length };
        }
        finally
        {
            stream.Gate.Release();
        }
    }

    public async Task<Reply<Message>> End(Speaker who, StreamEnd request, CancellationToken cancellation)
    {
        var end = request.IsCutOff ? StreamState.CutOff : StreamState.Complete;
        if (await Find(who.UserId, request.RoomId, request.Seq, cancellation) is not { } stream)
            return await Repeat(who.UserId, request, end, cancellation);
        await stream.Gate.WaitAsync(cancellation);
        try
        {
            if (stream.IsOver) return await Repeat(who.UserId, request, end, cancellation);
            if (stream.Length != request.Length && end is StreamState.Complete) return OtherLength(stream.Length);
            var calls = end is StreamState.Complete ? await mentions.In(stream.RoomId, stream.Text, cancellation) : [];
            var written = await log.Write(new EndStreamChange(stream.RoomId, stream.Seq, who.UserId, stream.Text, end, calls), cancellation);
            if (written.Error is not { } refusal)
            {
                Forget(stream);
                return (Message)written.Result!.Records[0];
            }
            if (IsLost(refusal)) Forget(stream);
            else if (IsBarred(refusal)) await CutOff(stream, refusal);
            return refusal;
        }
        finally
        {
            stream.Gate.Release();
        }
    }

    /// <summary>Writes what the store does not have yet. Called under the gate.</summary>
    public async Task Store(OpenStream stream)
    {
        var (text, length) = (stream.Text, stream.Length);
        var written = await log.Write(new GrowStreamChange(stream.RoomId, stream.Seq, stream.AuthorId, text), CancellationToken.None);
        stream.StoredAt = clock.GetTimestamp();
        if (written.Error is not { } refusal) stream.Stored = length;
        else if (IsLost(refusal)) Forget(stream);
        else if (IsBarred(refusal)) await CutOff(stream, refusal);
    }

    /// <summary>Another node has the writer now.</summary>
    public void Forget(Guid roomId, long seq)
    {
        if (streams.GetValueOrDefault((roomId, seq)) is { } stream) Forget(stream);
    }

    public void Forget(OpenStream stream)
    {
        stream.IsOver = true;
        streams.TryRemove(KeyValuePair.Create((stream.RoomId, stream.Seq), stream));
    }

    private OpenStream Hold(Message message) => streams.GetOrAdd((message.RoomId, message.Seq), _ => new OpenStream(message, clock.GetTimestamp()));

    /// <summary>The open message, taken over from the store where its writer came from another node.</summary>
    private async Task<OpenStream?> Find(Guid userId, Guid roomId, long seq, CancellationToken cancellation)
    {
        if (streams.GetValueOrDefault((roomId, seq)) is { IsOver: false } held) return held.AuthorId == userId ? held : null;
        return await store.FindStream(roomId, seq, cancellation) is { Stream: StreamState.Open, DeletedAt: null } message && message.AuthorId == userId
            ? Hold(message)
            : null;
    }

    private async Task<Reply<Message>> Repeat(Guid userId, StreamEnd request, StreamState end, CancellationToken cancellation)
    {
        if (await store.FindStream(request.RoomId, request.Seq, cancellation) is not { DeletedAt: null } message || message.AuthorId != userId || message.Stream != end)
            return StreamRules.NotOpen;
        return end is StreamState.Complete && message.EditedAt is null && message.Text.Length != request.Length ? OtherLength(message.Text.Length) : message;
    }

    private async Task<Error> CutOff(OpenStream stream, Error reason)
    {
        var written = await log.Write(new EndStreamChange(stream.RoomId, stream.Seq, null, stream.Text, StreamState.CutOff), CancellationToken.None);
        if (written.Error is not { Code: ErrorCode.Unavailable }) Forget(stream);
        return reason;
    }

    private static Error OtherLength(int length) =>
        Refusal.Of(ErrorCode.Conflict, $"The server has {length} code units of this message.");

    private static bool IsLost(Error refusal) => refusal.Code is ErrorCode.Conflict || refusal == StreamRules.NotOpen;

    private static bool IsBarred(Error refusal) =>
        refusal.Code is ErrorCode.Muted or ErrorCode.Banned or ErrorCode.NotAMember or ErrorCode.Forbidden or ErrorCode.NotFound;
}
