using System.Diagnostics;
using Chat.Bench.Load.Clients;
using Chat.Bench.Load.Targets;

namespace Chat.Bench.Load.Workloads;

/// <summary>Many connect as fast as the server takes them, 64 at a time, each in a room of twenty.</summary>
internal sealed class Storm() : Workload("storm", new Figure("µs per connection"), new Figure("connections/s", "0.6 ×"))
{
    private const int InARoom = 20;
    private const int AtOnce = 64;

    public override async Task<Bout> PrepareAsync(Target target, Swarm swarm, LoadPlan plan, CancellationToken cancellation)
    {
        await target.GatherAsync([.. Enumerable.Range(0, plan.People).Select(person => (int[])[person / InARoom])], cancellation);
        return new StormBout(swarm, target, [.. Enumerable.Range(0, plan.People).Select(person => target.SeatOf(person, 0, plan.IsMessagePack))]);
    }

    private sealed class StormBout(Swarm swarm, Target target, IReadOnlyList<Seat> seats) : Bout
    {
        public override async Task WarmAsync(TimeSpan time, CancellationToken cancellation)
        {
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;) await RoundAsync(time, cancellation);
        }

        public override async Task<Round> RoundAsync(TimeSpan time, CancellationToken cancellation)
        {
            var meter = new Meter(target.Processes);
            var clients = await swarm.ConnectAsync(seats, AtOnce, cancellation);
            var used = meter.Read();
            await swarm.DisconnectAsync(clients);
            // The server sees them off before the next come.
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
            return new([used.Microseconds / seats.Count, seats.Count / used.Time.TotalSeconds], used);
        }
    }
}
