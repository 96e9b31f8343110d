using Chat.Bench.Load.Clients;
using Chat.Bench.Load.Talks;
using Chat.Bench.Load.Targets;

namespace Chat.Bench.Load.Workloads;

/// <summary>One message at a time, in a room of two on an idle server: how long until the other has it.</summary>
internal sealed class Lone() : Workload("lone", new Figure("µs to the other, p50", "1.5 ×"), new Figure("µs to the other, p99", "2 ×"))
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public override async Task<Bout> PrepareAsync(Target target, Swarm swarm, LoadPlan plan, CancellationToken cancellation) =>
        new LoneBout(await Company.MeetAsync(swarm, target, plan, new CompanySize(Rooms: 1, People: 2, Speaking: 1), cancellation));

    private sealed class LoneBout(Company company) : Bout
    {
        // As fast as it goes: at the pace of the rounds it would take hours until the code is compiled.
        public override Task WarmAsync(TimeSpan time, CancellationToken cancellation) =>
            company.Swarm.TalkAsync(new ClosedLoop(company.Speakers, time), cancellation);

        public override async Task<Round> RoundAsync(TimeSpan time, CancellationToken cancellation)
        {
            var delays = new Delays();
            var meter = new Meter(company.Target.Processes);
            await company.Swarm.TalkAsync(new OneByOne(company.Speakers[0], Pause, time) { Delays = delays }, cancellation);
            return new([delays.Of(0.5), delays.Of(0.99)], meter.Read());
        }
    }
}
