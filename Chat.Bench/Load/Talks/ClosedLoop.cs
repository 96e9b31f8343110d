using Chat.Bench.Load.Clients;

namespace Chat.Bench.Load.Talks;

/// <summary>Each sends its next message when its last was answered and came back to itself.</summary>
internal sealed class ClosedLoop(IReadOnlyList<Speaker> speakers, TimeSpan time) : Talk(speakers, time)
{
    public override void Heard(SwarmClient client, int sender, int number)
    {
        base.Heard(client, sender, number);
        if (client.Speaker is { } speaker && speaker.Number == sender) GoOn(speaker);
    }

    public override void Answered(Speaker speaker)
    {
        base.Answered(speaker);
        GoOn(speaker);
    }

    protected override void Begin()
    {
        foreach (var speaker in Speakers) Send(speaker);
    }

    private void GoOn(Speaker speaker)
    {
        if (speaker.IsDone && !IsOver) Send(speaker);
    }
}
