using Chat.Bench.Load.Clients;
using Chat.Bench.Load.Talks;
using Chat.Bench.Load.Targets;

namespace Chat.Bench.Load.Workloads;

/// <summary>500 people in 50 rooms on a working day: messages, typing, read markers, presence, and people who come and go.</summary>
internal sealed class Office() : Workload("office", new Figure("µs per person and second"))
{
    private const int Rooms = 50;
    private const int People = 10;
    private const int Speaking = 2;
    private const int Passing = 20;
    private static readonly OfficePace Pace = new(Messages: 20, Errands: 60, Comings: 1);

    // The plain hub knows of none of it but messages.
    public override bool Fits(Target target) => target is ChatTarget;

    public override async Task<Bout> PrepareAsync(Target target, Swarm swarm, LoadPlan plan, CancellationToken cancellation)
    {
        var chat = (ChatTarget)target;
        // In JSON, whatever listeners speak elsewhere: they call too.
        var company = await Company.MeetAsync(swarm, target, plan with { IsMessagePack = false, MostInRoom = People }, new CompanySize(Rooms, People, Speaking) { Later = Passing }, cancellation);
        var errands = company.Clients.Index().Where(one => one.Index % People >= Speaking).Select(one => new Errand(one.Item, ErrandOf(chat, one.Index))).ToList();
        var passing = Enumerable.Range(0, Passing).Select(i => target.SeatOf(Rooms * People + i, 0, isMessagePack: false) with { IsPassing = true }).ToList();
        return new OfficeBout(company, errands, passing);
    }

    private static Func<int, string> ErrandOf(ChatTarget chat, int person) => (person % 3) switch
    {
        0 => _ => chat.CallIn(person / People, "SendTyping", "\"isTyping\":true"),
        1 => time => chat.CallIn(person / People, "MarkRead", $"\"seq\":{time + 1}"),
        _ => time => ChatTarget.CallOf("SetPresence", $$"""{"status":"{{(time % 2 is 0 ? "away" : "online")}}"}"""),
    };

    private sealed class OfficeBout(Company company, IReadOnlyList<Errand> errands, IReadOnlyList<Seat> passing) : Bout
    {
        public override Task WarmAsync(TimeSpan time, CancellationToken cancellation) => WorkAsync(time, cancellation);

        public override async Task<Round> RoundAsync(TimeSpan time, CancellationToken cancellation)
        {
            var meter = new Meter(company.Target.Processes);
            var talked = await WorkAsync(time, cancellation);
            var used = meter.Read();
            return new([used.Microseconds / company.Clients.Count / talked.Time.TotalSeconds], used);
        }

        private Task<Talked> WorkAsync(TimeSpan time, CancellationToken cancellation) =>
            company.Swarm.TalkAsync(new OfficeHours(company.Speakers, errands, passing, Pace, time), cancellation);
    }
}
