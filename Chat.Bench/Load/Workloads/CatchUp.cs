using Chat.Bench.Load.Clients;
using Chat.Bench.Load.Targets;

namespace Chat.Bench.Load.Workloads;

/// <summary>All clients of a node that is killed come to another, each resuming ten rooms in each of which it missed a message.</summary>
internal sealed class CatchUp() : Workload("catch-up", new Figure("s until all are back and caught up", "20 s"), new Figure("µs per client"))
{
    private const int RoomsEach = 10;
    private const int InARoom = 20;
    private const int AtOnce = 256;

    public override int Nodes => 2;

    // A hub without a store has nothing to catch up with.
    public override bool Fits(Target target) => target is ChatTarget;

    public override async Task<Bout> PrepareAsync(Target target, Swarm swarm, LoadPlan plan, CancellationToken cancellation)
    {
        int[][] roomsOf = [.. Enumerable.Range(0, plan.Movers).Select(person => Enumerable.Range(person / InARoom * RoomsEach, RoomsEach).ToArray())];
        await target.GatherAsync(roomsOf, cancellation);
        return new CatchUpBout(swarm, (ChatTarget)target, roomsOf);
    }

    private sealed class CatchUpBout(Swarm swarm, ChatTarget chat, int[][] roomsOf) : Bout
    {
        private IReadOnlyList<SwarmClient> clients = [];
        private int node;

        public override async Task WarmAsync(TimeSpan time, CancellationToken cancellation)
        {
            // Both nodes have seen such a crowd before.
            foreach (var place in (int[])[1, 0])
            {
                await swarm.DisconnectAsync(clients);
                clients = await swarm.ConnectAsync([.. roomsOf.Select((_, person) => chat.SeatOf(person, place, isMessagePack: false))], AtOnce, cancellation);
            }
        }

        public override async Task<Round> RoundAsync(TimeSpan time, CancellationToken cancellation)
        {
            var (from, to) = (node, 1 - node);
            var moment = await chat.NowAsync(cancellation);
            await swarm.DisconnectAsync(clients);
            await chat.KillAsync(from);
            var rooms = roomsOf.Length * RoomsEach / InARoom;
            await chat.SayAsync(to, Enumerable.Range(0, rooms).Select(room => (room / RoomsEach * InARoom, room)), cancellation);
            Seat[] seats = [.. roomsOf.Select((known, person) => chat.ReturnOf(person, to, known, moment))];

            var meter = new Meter(chat.Processes);
            clients = await swarm.ConnectAsync(seats, AtOnce, cancellation);
            var used = meter.Read();
            if (clients.FirstOrDefault(client => client.HeardOnComing != RoomsEach) is { } lacking)
                throw new LoadException($"Connection {lacking.Number} was told {lacking.HeardOnComing} of {RoomsEach} messages that it had missed.");
            await chat.StartAgainAsync(from, cancellation);
            node = to;
            return new([used.Time.TotalSeconds, used.Microseconds / clients.Count], used);
        }
    }
}
