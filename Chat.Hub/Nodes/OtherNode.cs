using Chat.Hub.Presence;

namespace Chat.Hub.Nodes;

/// <summary>What is known of another node's people, and up to which number.</summary>
internal sealed class OtherNode(Guid id, Roster roster, Backplane backplane, TimeProvider clock)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(2);

    private readonly List<NodePerson> answer = [];
    private long? known;
    private bool isAnswering;
    private long? askedAt;

    public long HeardAt { get; set; } = clock.GetTimestamp();

    public void Hear(Beat beat)
    {
        if (beat.Sequence != known) Ask();
    }

    public void Hear(PersonTold told)
    {
        if (told.Sequence <= known) return;
        if (told.Sequence == known + 1)
        {
            known = told.Sequence;
            roster.Put(id, told.Person);
        }
        else
        {
            Ask();
        }
    }

    public void Hear(PeopleTold told)
    {
        if (told.IsFirst) answer.Clear();
        // A part whose beginning was not heard belongs to somebody else's question.
        else if (!isAnswering) return;
        answer.AddRange(told.People);
        isAnswering = !told.IsLast;
        if (isAnswering) return;
        roster.Replace(id, answer);
        known = told.Sequence;
        answer.Clear();
        askedAt = null;
    }

    private void Ask()
    {
        if (askedAt is { } at && clock.GetElapsedTime(at) < AskAgainAfter) return;
        askedAt = clock.GetTimestamp();
        backplane.Say(new PeopleAsked(id));
    }
}
