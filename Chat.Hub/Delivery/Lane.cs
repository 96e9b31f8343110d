using System.Threading.Channels;
using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.Presence;
using Chat.Hub.Storage;

namespace Chat.Hub.Delivery;

/// <summary>
/// Tells the rooms of one lane what happened in them, one after the other. What another node told late or not at all is
/// read from the store after a short wait, so that this node's connections hear it in order and need not ask themselves.
/// </summary>
internal sealed partial class Lane(Audience audience, Attendance attendance, RoomSpeaker speaker, IRoomStore store, ChatMetrics metrics, TimeProvider clock, ILogger logger)
{
    /// <summary>How long a missing record may be on its way from another node, before the store is asked.</summary>
    public static readonly TimeSpan GapWait = TimeSpan.FromMilliseconds(100);

    private const int MostPerRead = 500;

    // Full, it makes the log wait, which makes senders wait: back-pressure, not memory.
    private readonly Channel<Func<Task>> queue = Channel.CreateBounded<Func<Task>>(new BoundedChannelOptions(10_000) { SingleReader = true });

    /// <summary>Queues what this node's log wrote; the task ends when there is room for it.</summary>
    public async ValueTask Announce(IReadOnlyList<RoomRecord> records, TaskCompletionSource? done)
    {
        Task Work() => TellOwn(records, done);
        while (!queue.Writer.TryWrite(Work))
        {
            if (await queue.Writer.WaitToWriteAsync()) continue;
            // The node has stopped telling: whoever missed it learns of it by the next sync.
            done?.TrySetResult();
            return;
        }
    }

    /// <summary>Queues what another node told. Left out when the lane is full: the store knows.</summary>
    public void Hear(Guid roomId, IReadOnlyList<RoomRecord> records) => queue.Writer.TryWrite(() => TellHeard(roomId, records));

    /// <summary>Queues a head that the store told: what is missing up to it and does not come is read.</summary>
    public void See(RoomHead seen) => queue.Writer.TryWrite(() =>
    {
        if (audience.Find(seen.RoomId) is { } room) LookLater(room, seen.Head);
        return Task.CompletedTask;
    });

    public void Close() => queue.Writer.TryComplete();

    public async Task Run()
    {
        await foreach (var work in queue.Reader.ReadAllAsync())
        {
            try
            {
                await work();
            }
            catch (Exception e)
            {
                // The next room must not suffer from it; whoever missed something learns of it by the heads.
                LogBroken(e);
            }
        }
    }

    private async Task TellOwn(IReadOnlyList<RoomRecord> records, TaskCompletionSource? done)
    {
        var room = audience.FindOrBegin(records[0].RoomId, records[0].Version - 1);
        await Take(room, records, "own");
        if (done is null) return;
        lock (room) room.WaitFor(records[^1].Version, done);
    }

    private async Task TellHeard(Guid roomId, IReadOnlyList<RoomRecord> records)
    {
        var room = audience.Find(roomId);
        // Nobody here listens yet, but somebody who came into the room is connected here.
        if (room is null && records.FirstOrDefault(record => record is Member { State: MemberState.Active } member && attendance.IsHere(member.UserId)) is { } joined)
            room = audience.FindOrBegin(roomId, joined.Version - 1);
        if (room is not null) await Take(room, records, "node");
    }

    private async Task Take(HeardRoom room, IReadOnlyList<RoomRecord> records, string source)
    {
        foreach (var record in records)
        {
            IReadOnlyList<RoomRecord> ready;
            lock (room) ready = room.Feed.Take(record);
            await Tell(room, ready, source);
        }
        long? missing;
        lock (room) missing = room.Feed.Missing;
        if (missing is { } version) LookLater(room, version);
    }

    private async Task Tell(HeardRoom room, IReadOnlyList<RoomRecord> records, string source)
    {
        if (records.Count > 0) metrics.Told(source, records.Count);
        foreach (var record in records) await speaker.Tell(record);
        lock (room) room.Release();
    }

    private void LookLater(HeardRoom room, long version)
    {
        lock (room)
        {
            if (room.Feed.Told >= version || room.IsCatchingUp) return;
            room.IsCatchingUp = true;
        }
        _ = CatchUp(room, version);
    }

    // Beside the lane: a slow store must not hold up its other rooms.
    private async Task CatchUp(HeardRoom room, long version)
    {
        await Task.Delay(GapWait, clock);
        long told;
        lock (room) told = room.Feed.Told;
        var changes = told < version ? await Read(room.RoomId, told) : [];
        await Queue(() => Fill(room, changes, version));
    }

    /// <summary>What changed after the version; null when the store cannot say.</summary>
    private async Task<IReadOnlyList<RoomRecord>?> Read(Guid roomId, long after)
    {
        try
        {
            return await store.ReadChanges(roomId, after, MostPerRead, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogNotRead(e, roomId, after);
            return null;
        }
    }

    private async Task Fill(HeardRoom room, IReadOnlyList<RoomRecord>? changes, long version)
    {
        IReadOnlyList<RoomRecord> ready;
        long? missing;
        lock (room)
        {
            ready = changes is null ? room.Feed.GiveUp() : room.Feed.Fill(changes, changes.Count < MostPerRead ? version : null);
            room.IsCatchingUp = false;
            missing = room.Feed.Missing ?? (changes is not null && room.Feed.Told < version ? version : null);
        }
        await Tell(room, ready, "store");
        if (missing is { } still) LookLater(room, still);
    }

    private async ValueTask Queue(Func<Task> work)
    {
        while (!queue.Writer.TryWrite(work) && await queue.Writer.WaitToWriteAsync())
        {
        }
    }

    [LoggerMessage(12, LogLevel.Warning, "What changed in room {RoomId} after version {Told} could not be read; its members will ask themselves.")]
    private partial void LogNotRead(Exception exception, Guid roomId, long told);

    [LoggerMessage(13, LogLevel.Error, "Something that happened in a room was not told.")]
    private partial void LogBroken(Exception exception);
}
