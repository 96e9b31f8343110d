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

    /// <summary>
    /// How long a large room rests after it was told few messages: what comes meanwhile goes out in one write for each connection.
    /// Nobody sees the difference, and a write costs more than the message in it.
    /// </summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    /// <summary>Connections from which on a room is large.</summary>
    public const int Large = 200;

    /// <summary>Messages in a write from which on it gains little to wait for more.</summary>
    private const int Enough = 16;

    /// <summary>Messages that are collected at most while more wait: they go out in one write for each connection.</summary>
    private const int MostCollected = 64;

    // Before a store that did not answer is asked again.
    private static readonly TimeSpan StoreWait = TimeSpan.FromSeconds(1);

    // What waited while the last was told, by its room. The lane alone has it.
    private readonly Dictionary<HeardRoom, List<Message>> collected = [];
    private int collectedCount;

    // The same, of rooms that rest.
    private readonly Dictionary<HeardRoom, List<Message>> resting = [];

    // Full, it makes the log wait, which makes senders wait: back-pressure, not memory.
    private readonly Channel<Func<Task>> queue = Channel.CreateBounded<Func<Task>>(new BoundedChannelOptions(10_000) { SingleReader = true });

    /// <summary>Queues what this node's log wrote; the task ends when there is room for it.</summary>
    public async ValueTask Announce(IReadOnlyList<RoomRecord> records, TaskCompletionSource? done)
    {
        // Where the node has stopped telling, whoever missed it learns of it by the next sync.
        if (!await Put(() => TellOwn(records, done))) done?.TrySetResult();
    }

    /// <summary>Queues what another node told. Left out when the lane is full: the store knows.</summary>
    public void Hear(Guid roomId, IReadOnlyList<RoomRecord> records) => queue.Writer.TryWrite(() => TellHeard(roomId, records));

    /// <summary>Queues a membership that the store told; the task ends when there is room for it.</summary>
    public async ValueTask Learn(Member member) => await Put(() => TellHeard(member.RoomId, [member]));

    /// <summary>Notes a head that the store told: what is missing up to it, and does not come, is read.</summary>
    public void Learn(RoomHead head)
    {
        if (audience.Find(head.RoomId) is not { } room) return;
        lock (room) room.Feed.See(head.Head);
        LookLater(room);
    }

    public void Close() => queue.Writer.TryComplete();

    public async Task Run()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            // An idle room's message leaves at once; what comes while it is written goes out together after it.
            while (queue.Reader.TryRead(out var work))
            {
                await Do(work);
                if (collectedCount >= MostCollected) await Do(Tell);
            }
            await Do(Tell);
        }
        foreach (var room in resting.Keys.ToList()) await Do(() => Tell(room));
    }

    /// <summary>Queues it when there is room; false when the lane is closed.</summary>
    private async ValueTask<bool> Put(Func<Task> work)
    {
        while (!queue.Writer.TryWrite(work))
        {
            if (!await queue.Writer.WaitToWriteAsync()) return false;
        }
        return true;
    }

    private async Task Do(Func<Task> work)
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

    private async Task TellOwn(IReadOnlyList<RoomRecord> records, TaskCompletionSource? done)
    {
        var room = audience.FindOrBegin(records[0].RoomId, records[0].Version - 1);
        await Take(room, records, "own");
        if (done is null) return;
        await Tell(room);
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
        LookLater(room);
    }

    private async Task Tell(HeardRoom room, IReadOnlyList<RoomRecord> records, string source)
    {
        if (records.Count > 0) metrics.Told(source, records.Count);
        foreach (var record in records)
        {
            if (record is Message message)
            {
                await Collect(room, message);
                continue;
            }
            // Whoever comes or goes hears what is after it, and not what was before, or the other way round.
            await Speak(room);
            await speaker.Tell(record);
        }
        if (collected.ContainsKey(room)) return;
        lock (room)
        {
            if (!room.IsHolding) room.Release();
        }
    }

    private async ValueTask Collect(HeardRoom room, Message message)
    {
        if (resting.TryGetValue(room, out var held))
        {
            held.Add(message);
            lock (room) room.IsHolding = true;
            if (held.Count >= MostCollected) await Speak(room);
            return;
        }
        if (!collected.TryGetValue(room, out var messages)) collected[room] = messages = [];
        messages.Add(message);
        collectedCount++;
    }

    private async Task Tell()
    {
        foreach (var room in collected.Keys.ToList()) await Tell(room);
    }

    private async Task Tell(HeardRoom room)
    {
        if (!await Speak(room)) return;
        lock (room) room.Release();
    }

    /// <summary>Says what was collected; those who wait for the end of it go on waiting. False where there was nothing.</summary>
    private async Task<bool> Speak(HeardRoom room)
    {
        if (Took(room) is not { Count: > 0 } messages) return false;
        var listeners = await speaker.Tell(messages);
        if (listeners >= Large && messages.Count < Enough && resting.TryAdd(room, [])) _ = WakeLater(room);
        return true;
    }

    private List<Message>? Took(HeardRoom room)
    {
        if (resting.TryGetValue(room, out var held) && held.Count > 0)
        {
            resting[room] = [];
            lock (room) room.IsHolding = false;
            return held;
        }
        if (collected.Remove(room, out var messages)) collectedCount -= messages.Count;
        return messages;
    }

    // Beside the lane: its other rooms go on.
    private async Task WakeLater(HeardRoom room)
    {
        await Task.Delay(Rest, clock);
        await Put(() => Wake(room));
    }

    private Task Wake(HeardRoom room)
    {
        if (!resting.Remove(room, out var held) || held.Count is 0) return Task.CompletedTask;
        lock (room) room.IsHolding = false;
        collected[room] = held;
        collectedCount += held.Count;
        return Task.CompletedTask;
    }

    private void LookLater(HeardRoom room)
    {
        lock (room)
        {
            if (room.Feed.Told >= room.Feed.Seen || room.IsCatchingUp) return;
            room.IsCatchingUp = true;
        }
        _ = CatchUp(room, GapWait);
    }

    // Beside the lane: a slow store must not hold up its other rooms.
    private async Task CatchUp(HeardRoom room, TimeSpan wait)
    {
        await Task.Delay(wait, clock);
        long told, seen;
        lock (room) (told, seen) = (room.Feed.Told, room.Feed.Seen);
        var changes = told < seen ? await Read(room.RoomId, told) : [];
        await Put(() => Fill(room, changes, seen));
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

    private async Task Fill(HeardRoom room, IReadOnlyList<RoomRecord>? changes, long seen)
    {
        if (changes is null)
        {
            // What came early waits with it: a member who was sent away meanwhile must not hear it.
            _ = CatchUp(room, StoreWait);
            return;
        }
        IReadOnlyList<RoomRecord> ready;
        lock (room)
        {
            ready = room.Feed.Fill(changes, changes.Count < MostPerRead ? seen : null);
            room.IsCatchingUp = false;
        }
        await Tell(room, ready, "store");
        LookLater(room);
    }

    [LoggerMessage(12, LogLevel.Warning, "What changed in room {RoomId} after version {Told} could not be read; it is asked for again.")]
    private partial void LogNotRead(Exception exception, Guid roomId, long told);

    [LoggerMessage(13, LogLevel.Error, "Something that happened in a room was not told.")]
    private partial void LogBroken(Exception exception);
}
