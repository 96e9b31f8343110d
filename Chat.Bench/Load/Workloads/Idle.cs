using Chat.Bench.Costs;
using Chat.Bench.Load.Clients;
using Chat.Bench.Load.Targets;

namespace Chat.Bench.Load.Workloads;

/// <summary>Connections that do nothing, each in ten rooms: memory of the server. Each round adds its share of them.</summary>
internal sealed class Idle() : Workload("idle", new Figure("KB per connection in 10 rooms", "+ 6 KB") { IsDifference = true })
{
    private const int RoomsEach = 10;
    private const int InARoom = 20;
    private const int AtOnce = 64;

    // They are there before: what a server needs for itself is not counted as theirs.
    private const int First = 300;

    public override async Task<Bout> PrepareAsync(Target target, Swarm swarm, LoadPlan plan, CancellationToken cancellation)
    {
        await target.GatherAsync(
            [.. Enumerable.Range(0, First + plan.People).Select(person => Enumerable.Range(person / InARoom * RoomsEach, RoomsEach).ToArray())], cancellation);
        return new IdleBout(swarm, target, plan);
    }

    private sealed class IdleBout(Swarm swarm, Target target, LoadPlan plan) : Bout
    {
        private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);
        private int here;

        public override async Task WarmAsync(TimeSpan time, CancellationToken cancellation)
        {
            // Twice: coming is done with code that has come before.
            var some = await ComeAsync(First, cancellation);
            await swarm.DisconnectAsync(some);
            here = 0;
            await ComeAsync(First, cancellation);
            await Task.Delay(Rest, cancellation);
        }

        public override async Task<Round> RoundAsync(TimeSpan time, CancellationToken cancellation)
        {
            var count = plan.People / plan.Rounds;
            var meter = new Meter(target.Processes);
            var before = target.Processes.Sum(Usage.ResidentKilobytes);
            await ComeAsync(count, cancellation);
            await Task.Delay(Rest, cancellation);
            return new([(target.Processes.Sum(Usage.ResidentKilobytes) - before) / count], meter.Read());
        }

        private async Task<IReadOnlyList<SwarmClient>> ComeAsync(int count, CancellationToken cancellation)
        {
            var seats = Enumerable.Range(here, count).Select(person => target.SeatOf(person, 0, plan.IsMessagePack)).ToList();
            here += count;
            return await swarm.ConnectAsync(seats, AtOnce, cancellation);
        }
    }
}
