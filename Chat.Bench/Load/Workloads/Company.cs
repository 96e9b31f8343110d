using Chat.Bench.Load.Clients;
using Chat.Bench.Load.Targets;

namespace Chat.Bench.Load.Workloads;

/// <summary>Rooms of the same size, all people of which are connected; the first of each speak.</summary>
internal sealed class Company
{
    private Company(Swarm swarm, Target target, IReadOnlyList<SwarmClient> clients, IReadOnlyList<Speaker> speakers) =>
        (Swarm, Target, Clients, Speakers) = (swarm, target, clients, speakers);

    public Swarm Swarm { get; }

    public Target Target { get; }

    /// <summary>Room by room.</summary>
    public IReadOnlyList<SwarmClient> Clients { get; }

    /// <summary>The first of each room, then the second of each.</summary>
    public IReadOnlyList<Speaker> Speakers { get; }

    /// <summary>Gathers and connects them; some more are members of the first room and come later.</summary>
    public static async Task<Company> MeetAsync(Swarm swarm, Target target, LoadPlan plan, CompanySize size, CancellationToken cancellation)
    {
        var people = Math.Min(size.People, plan.MostInRoom);
        await target.GatherAsync([.. Enumerable.Range(0, size.Rooms * people).Select(i => (int[])[i / people]), .. Enumerable.Repeat((int[])[0], size.Later)], cancellation);
        return await ComeAsync(swarm, target, plan, size, firstNumber: 0, cancellation);
    }

    /// <summary>Connects those who were gathered before.</summary>
    // The first number is of the speakers: what was sent under a number once is not sent again.
    public static async Task<Company> ComeAsync(Swarm swarm, Target target, LoadPlan plan, CompanySize size, int firstNumber, CancellationToken cancellation)
    {
        const int AtOnce = 64;
        var (rooms, people) = (size.Rooms, Math.Min(size.People, plan.MostInRoom));
        var speaking = Math.Min(size.Speaking, people);
        var clients = await swarm.ConnectAsync(
            [.. Enumerable.Range(0, rooms * people).Select(i => target.SeatOf(i, i % target.Nodes.Count, plan.IsMessagePack && i % people >= speaking))],
            AtOnce, cancellation);
        var speakers = new List<Speaker>();
        await swarm.DoAsync(() =>
        {
            foreach (var (i, client) in clients.Index()) client.Listen(new Hearing(firstNumber + i / people * speaking, speaking));
            for (var one = 0; one < speaking; one++)
                for (var room = 0; room < rooms; room++)
                    speakers.Add(new Speaker(clients[room * people + one], firstNumber + room * speaking + one, people, target.CallTo(room)));
        });
        return new Company(swarm, target, clients, speakers);
    }
}

/// <summary>How many.</summary>
internal sealed record CompanySize(int Rooms, int People, int Speaking)
{
    /// <summary>Members of the first room who are not connected.</summary>
    public int Later { get; init; }
}
