using System.Collections.Concurrent;
using System.Threading.Channels;
using Chat.Contracts;
using Chat.Hub.Hubs;
using Chat.Hub.Presence;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Hub.Delivery;

/// <summary>
/// The only sender of what the log wrote: one loop, in the order of the versions. A member that came in hears the room
/// from its own record on; one that went hears nothing after it.
/// </summary>
internal sealed partial class Announcer(
    IHubContext<ChatHub, IChatClient> hub, Attendance attendance, TimeProvider clock, ILogger<Announcer> logger) : BackgroundService
{
    /// <summary>How often the heads of changed rooms are told, for those who missed a last event.</summary>
    public static readonly TimeSpan HeadsInterval = TimeSpan.FromSeconds(5);

    // Full, it makes the log wait, which makes senders wait: back-pressure, not memory.
    private readonly Channel<Announcement> queue = Channel.CreateBounded<Announcement>(new BoundedChannelOptions(10_000) { SingleReader = true });
    private readonly ConcurrentDictionary<Guid, long> changedHeads = [];

    /// <summary>Queues the records of one change. Answers a task where the caller must wait until this node is done with it.</summary>
    public async ValueTask<Task?> Announce(IReadOnlyList<RoomRecord> records)
    {
        if (records.Count is 0) return null;
        var done = records.Any(record => record is Member) ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        var announcement = new Announcement(records, done);
        while (!queue.Writer.TryWrite(announcement))
        {
            if (await queue.Writer.WaitToWriteAsync()) continue;
            // The node has stopped telling: whoever missed it learns of it by the next sync.
            done?.TrySetResult();
            break;
        }
        return done?.Task;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Task.Run(Loop, CancellationToken.None), TellHeads(stoppingToken));

    private async Task Loop()
    {
        await foreach (var announcement in queue.Reader.ReadAllAsync())
        {
            foreach (var record in announcement.Records) await Tell(record);
            announcement.Done?.TrySetResult();
        }
    }

    private async Task Tell(RoomRecord record)
    {
        changedHeads[record.RoomId] = record.Version;
        try
        {
            var room = hub.Clients.Group(ChatGroups.Room(record.RoomId));
            switch (record)
            {
                case Message message:
                    await room.MessageChanged(message);
                    break;
                case Room changed:
                    await room.RoomChanged(changed);
                    break;
                case Member { State: MemberState.Active } member:
                    await attendance.Attach(member.UserId, member.RoomId);
                    await room.MemberChanged(member);
                    break;
                case Member member:
                    await room.MemberChanged(member);
                    await attendance.Detach(member.UserId, member.RoomId);
                    break;
            }
        }
        catch (Exception e)
        {
            // It is stored; whoever missed it learns of it by the heads.
            LogNotTold(e, record.RoomId, record.Version);
        }
    }

    private async Task TellHeads(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(HeadsInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                foreach (var roomId in changedHeads.Keys)
                {
                    if (changedHeads.TryRemove(roomId, out var head)) await TellHead(roomId, head);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task TellHead(Guid roomId, long head)
    {
        try
        {
            await hub.Clients.Group(ChatGroups.Room(roomId)).HeadsAnnounced(new Heads { Rooms = [new RoomHead { RoomId = roomId, Head = head }] });
        }
        catch (Exception e)
        {
            // One round that fails must not be the last: the head is told again with the next change.
            LogNotTold(e, roomId, head);
        }
    }

    private sealed record Announcement(IReadOnlyList<RoomRecord> Records, TaskCompletionSource? Done);

    [LoggerMessage(10, LogLevel.Error, "Change {Version} of room {RoomId} was stored but not told.")]
    private partial void LogNotTold(Exception exception, Guid roomId, long version);
}
