using Chat.Bench.Load.Clients;
using Chat.Bench.Load.Talks;
using Chat.Bench.Load.Targets;

namespace Chat.Bench.Load.Workloads;

/// <summary>A room of 1,000 at half of what the server can do, without and with one reader that reads nothing: how long the others wait.</summary>
internal sealed class Stalled() : Workload(
    "stalled", new Figure("ms until the others have it, p99"), new Figure("ms with a stalled reader, p99"), new Figure("ms added by it", "+ 100 ms") { IsDifference = true })
{
    private const int People = 1_000;

    public override async Task<Bout> PrepareAsync(Target target, Swarm swarm, LoadPlan plan, CancellationToken cancellation)
    {
        var company = await Company.MeetAsync(swarm, target, plan, new CompanySize(Rooms: 1, People, Speaking: 16) { Later = 1 }, cancellation);
        // Next to nothing fits in between: what it does not read stays with the server.
        return new StalledBout(company, target.SeatOf(company.Clients.Count, 0, isMessagePack: false) with { ReceiveBuffer = 4_096 });
    }

    private sealed class StalledBout(Company company, Seat seat) : Bout
    {
        // Until the kernel's buffers are full, which grow as they are used.
        private const int RoundsLong = 3;
        private double pace;

        public override async Task WarmAsync(TimeSpan time, CancellationToken cancellation)
        {
            var talked = await company.Swarm.TalkAsync(new ClosedLoop(company.Speakers, time), cancellation);
            pace = talked.Messages / talked.Time.TotalSeconds / 2;
        }

        public override async Task<Round> RoundAsync(TimeSpan time, CancellationToken cancellation)
        {
            var meter = new Meter(company.Target.Processes);
            var without = await MillisecondsAsync(time, cancellation);
            var stalled = await company.Swarm.ConnectAsync([seat], 1, cancellation);
            await company.Swarm.StallAsync(stalled[0]);
            var with = await MillisecondsAsync(RoundsLong * time, cancellation);
            await company.Swarm.DisconnectAsync(stalled);
            return new([without, with, with - without], meter.Read());
        }

        private async Task<double> MillisecondsAsync(TimeSpan time, CancellationToken cancellation)
        {
            var delays = new Delays();
            await company.Swarm.TalkAsync(new OpenLoop(company.Speakers, pace, time) { Delays = delays }, cancellation);
            return delays.Of(0.99) / 1_000;
        }
    }
}
