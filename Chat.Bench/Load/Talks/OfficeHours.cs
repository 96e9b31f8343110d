using System.Diagnostics;
using Chat.Bench.Load.Clients;

namespace Chat.Bench.Load.Talks;

/// <summary>A fixed mild pace of everything: messages, what people do between them, and people who come and go.</summary>
internal sealed class OfficeHours(IReadOnlyList<Speaker> speakers, IReadOnlyList<Errand> errands, IReadOnlyList<Seat> passing, OfficePace pace, TimeSpan time)
    : Talk(speakers, time)
{
    private int said;
    private int done;
    private int came;

    protected override void Speak(long now)
    {
        var seconds = (now - Started) / (double)Stopwatch.Frequency;
        for (; said < seconds * pace.Messages; said++) Send(Speakers[said % Speakers.Count]);
        for (; done < seconds * pace.Errands; done++) errands[done % errands.Count].Do(done / errands.Count);
        for (; came < seconds * pace.Comings; came++) Swarm.Add(passing[came % passing.Count]);
    }
}

/// <summary>A call of somebody who only listens; its answer is not waited for.</summary>
/// <param name="Client">Whose.</param>
/// <param name="Call">By how often it was done before.</param>
internal sealed record Errand(SwarmClient Client, Func<int, string> Call)
{
    public void Do(int time) => Client.Write(Client.Seat.Dialect.Frame(Call(time)));
}

/// <summary>How much in a second.</summary>
internal sealed record OfficePace(double Messages, double Errands, double Comings);
