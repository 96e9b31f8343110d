using Chat.Bench.Checking;
using Chat.Bench.Load.Clients;
using Chat.Bench.Load.Talks;
using Chat.Bench.Load.Targets;

namespace Chat.Bench.Load.Workloads;

/// <summary>
/// What a stored message costs in 64 rooms that are new, and in the same rooms with a long history: the messages are put into
/// the file between, by SQL, while the server is down.
/// </summary>
internal sealed class Grown() : Workload(
    "history", new Figure("µs per message in new rooms"), new Figure("µs per message with the long history"), new Figure("times as much", "1.5 ×"))
{
    private static readonly CompanySize Size = new(Rooms: 64, People: 1, Speaking: 1);

    // Neither of the others has a history.
    public override bool Fits(Target target) => target is ChatTarget;

    public override async Task<Bout> PrepareAsync(Target target, Swarm swarm, LoadPlan plan, CancellationToken cancellation) =>
        new GrownBout((ChatTarget)target, plan, await Company.MeetAsync(swarm, target, plan, Size, cancellation));

    private sealed class GrownBout(ChatTarget chat, LoadPlan plan, Company young) : Bout
    {
        private readonly Queue<double> before = [];
        private Company company = young;

        public override async Task WarmAsync(TimeSpan time, CancellationToken cancellation)
        {
            await TalkAsync(time, cancellation);
            for (var round = 0; round < plan.Rounds; round++) before.Enqueue((await MeasureAsync(plan.Round, cancellation)).Cost);
            await company.Swarm.DisconnectAsync(company.Clients);
            await chat.StopAsync(0);
            StoreGrowth.Grow(chat.StoreFile, plan.History);
            await chat.StartAgainAsync(0, cancellation);
            company = await Company.ComeAsync(company.Swarm, chat, plan, Size, firstNumber: Size.Rooms, cancellation);
            await TalkAsync(time, cancellation);
        }

        public override async Task<Round> RoundAsync(TimeSpan time, CancellationToken cancellation)
        {
            var (cost, used) = await MeasureAsync(time, cancellation);
            var then = before.Dequeue();
            return new([then, cost, cost / then], used);
        }

        private async Task<(double Cost, Metered Used)> MeasureAsync(TimeSpan time, CancellationToken cancellation)
        {
            var meter = new Meter(chat.Processes);
            var talked = await TalkAsync(time, cancellation);
            var used = meter.Read();
            return (used.Microseconds / talked.Messages, used);
        }

        private Task<Talked> TalkAsync(TimeSpan time, CancellationToken cancellation) => company.Swarm.TalkAsync(new ClosedLoop(company.Speakers, time), cancellation);
    }
}
