using Chat.Contracts;
using Chat.Hub.Nodes;
using Chat.Hub.Operations;
using Chat.Hub.Presence;
using Chat.Hub.Storage;

namespace Chat.Hub.Delivery;

/// <summary>
/// The only sender of what happened in rooms: on this node in the order of the versions, and to the other nodes. Rooms
/// share a few lanes, so that a large room holds up few others.
/// </summary>
internal sealed class Announcer : BackgroundService
{
    /// <summary>How often the heads of changed rooms are told, for those who missed a last event.</summary>
    public static readonly TimeSpan HeadsInterval = TimeSpan.FromSeconds(5);

    private readonly Audience audience;
    private readonly RoomSpeaker speaker;
    private readonly Backplane backplane;
    private readonly TimeProvider clock;
    private readonly Lane[] lanes;

    public Announcer(
        Audience audience, Attendance attendance, RoomSpeaker speaker, IRoomStore store, Backplane backplane, ChatMetrics metrics, TimeProvider clock, ILogger<Lane> logger)
    {
        (this.audience, this.speaker, this.backplane, this.clock) = (audience, speaker, backplane, clock);
        lanes = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Lane(audience, attendance, speaker, store, metrics, clock, logger))];
    }

    /// <summary>Takes the records of one change of this node's log. Answers a task where the caller must wait until this node is done with it.</summary>
    public async ValueTask<Task?> Announce(IReadOnlyList<RoomRecord> records)
    {
        if (records.Count is 0) return null;
        backplane.Tell(records);
        var done = records.Any(record => record is Member) ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        await LaneOf(records[0].RoomId).Announce(records, done);
        return done?.Task;
    }

    /// <summary>Takes what another node told of a room.</summary>
    public void Hear(Guid roomId, IReadOnlyList<RoomRecord> records) => LaneOf(roomId).Hear(roomId, records);

    /// <summary>Takes a head that the store told.</summary>
    public void Learn(RoomHead head) => LaneOf(head.RoomId).Learn(head);

    /// <summary>Takes a membership that the store told.</summary>
    public ValueTask Learn(Member member) => LaneOf(member.RoomId).Learn(member);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var lane in lanes) lane.Close();
        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([TellHeads(stoppingToken), .. lanes.Select(lane => Task.Run(lane.Run, CancellationToken.None))]);

    private Lane LaneOf(Guid roomId) => lanes[(uint)roomId.GetHashCode() % lanes.Length];

    private async Task TellHeads(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(HeadsInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                foreach (var room in audience.Rooms) await TellHead(room);
                audience.Sweep();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private Task TellHead(HeardRoom room)
    {
        long head;
        lock (room)
        {
            // What is held is told in a moment, and its head with the next round: clients need not ask for it.
            if (room.Feed.Told <= room.Announced || room.IsHolding) return Task.CompletedTask;
            room.Announced = head = room.Feed.Told;
        }
        return speaker.TellHead(new RoomHead { RoomId = room.RoomId, Head = head });
    }
}
