using Chat.Bench.Load.Clients;
using Chat.Bench.Load.Talks;
using Chat.Bench.Load.Targets;

namespace Chat.Bench.Load.Workloads;

/// <summary>People in rooms who talk: what a delivery or a message costs the server.</summary>
/// <param name="name">On the command line and in the table.</param>
/// <param name="size">How many, and how many of them speak.</param>
/// <param name="perSecond">Messages; null for as many as the server answers.</param>
/// <param name="isPerMessage">A message is the unit, not a delivery.</param>
/// <param name="goal">Of the first figure.</param>
/// <param name="nodes">Over which they are spread.</param>
internal sealed class Talking(string name, CompanySize size, double? perSecond, bool isPerMessage, string goal, int nodes = 1)
    : Workload(name, new Figure(isPerMessage ? "µs per message" : "µs per delivery", goal), new Figure(isPerMessage ? "messages/s" : "deliveries/s"))
{
    public override int Nodes => nodes;

    public override async Task<Bout> PrepareAsync(Target target, Swarm swarm, LoadPlan plan, CancellationToken cancellation) =>
        new TalkingBout(await Company.MeetAsync(swarm, target, plan, SizeBy(plan), cancellation), perSecond, isPerMessage);

    private CompanySize SizeBy(LoadPlan plan) => size.Rooms is 1 && plan.Senders is { } many ? size with { Speaking = many } : size;

    private sealed class TalkingBout(Company company, double? perSecond, bool isPerMessage) : Bout
    {
        public override Task WarmAsync(TimeSpan time, CancellationToken cancellation) => TalkAsync(time, cancellation);

        public override async Task<Round> RoundAsync(TimeSpan time, CancellationToken cancellation)
        {
            var meter = new Meter(company.Target.Processes);
            var talked = await TalkAsync(time, cancellation);
            var used = meter.Read();
            double units = isPerMessage ? talked.Messages : talked.Deliveries;
            return new([used.Microseconds / units, units / talked.Time.TotalSeconds], used);
        }

        private Task<Talked> TalkAsync(TimeSpan time, CancellationToken cancellation) => company.Swarm.TalkAsync(
            perSecond is { } pace ? new OpenLoop(company.Speakers, pace, time) : new ClosedLoop(company.Speakers, time), cancellation);
    }
}
