using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.Presence;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Nodes;

/// <summary>
/// Keeps each node's roster of all people: a node tells its own people's changes with numbers, says that it lives twice a
/// second with the last number, and tells all of them to whoever missed one. A node that falls silent is dead, and its
/// people gone. Nothing is kept in Redis, so that nothing is lost with it.
/// </summary>
internal sealed partial class Gossip(
    NodeIdentity self, Roster roster, Backplane backplane, LastSeen lastSeen, IOptions<BackplaneOptions> options, ChatClock time, TimeProvider clock,
    ILogger<Gossip> logger)
    : BackgroundService
{
    private const int PeoplePerMessage = 500;

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, OtherNode> others = [];
    private long sequence;
    private long? answeredAt;
    private long hearingSince = clock.GetTimestamp();

    private TimeSpan Patience => TimeSpan.FromSeconds(options.Value.NodeTimeoutSeconds);

    /// <summary>How many other nodes are known to live.</summary>
    public int OtherNodes
    {
        get
        {
            lock (gate) return others.Count;
        }
    }

    /// <summary>Somebody on this node is seen differently; offline: gone from here.</summary>
    public void Tell(NodePerson person)
    {
        lock (gate)
        {
            roster.Put(self.Id, person);
            backplane.Say(new PersonTold(++sequence, person));
        }
    }

    public void Hear(Guid from, NodeMessage message)
    {
        lock (gate)
        {
            switch (message)
            {
                case PeopleAsked asked:
                    if (asked.NodeId == self.Id) TellAll();
                    break;
                case NodeLeft:
                    if (others.ContainsKey(from)) Drop(from);
                    break;
                case Beat beat:
                    NodeOf(from).Hear(beat);
                    break;
                case PersonTold told:
                    NodeOf(from).Hear(told);
                    break;
                case PeopleTold told:
                    NodeOf(from).Hear(told);
                    break;
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        backplane.Say(new NodeLeft());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!backplane.IsConfigured) return;
        using var timer = new PeriodicTimer(Backplane.BeatInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) LookAround();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private void LookAround()
    {
        lock (gate)
        {
            backplane.Say(new Beat(sequence));
            // While Redis is away all are silent: that says nothing of them, and they have time to be heard afterwards.
            if (!backplane.IsHealthy) hearingSince = clock.GetTimestamp();
            if (clock.GetElapsedTime(hearingSince) < Patience) return;
            foreach (var (id, _) in others.Where(other => clock.GetElapsedTime(other.Value.HeardAt) > Patience).ToList())
            {
                LogDead(id);
                Drop(id);
            }
        }
    }

    private void TellAll()
    {
        // All hear an answer: those who asked at the same time too.
        if (answeredAt is { } at && clock.GetElapsedTime(at) < Backplane.BeatInterval) return;
        answeredAt = clock.GetTimestamp();
        var parts = roster.PeopleOn(self.Id).Chunk(PeoplePerMessage).ToList();
        if (parts.Count is 0) parts.Add([]);
        for (var i = 0; i < parts.Count; i++)
            backplane.Say(new PeopleTold(sequence, IsFirst: i is 0, IsLast: i == parts.Count - 1, parts[i]));
    }

    private OtherNode NodeOf(Guid id)
    {
        if (!others.TryGetValue(id, out var node))
        {
            others[id] = node = new OtherNode(id, roster, backplane, clock);
            LogCame(id);
        }
        node.HeardAt = clock.GetTimestamp();
        return node;
    }

    private void Drop(Guid id)
    {
        if (!others.Remove(id, out var node)) return;
        // It cannot say any more when its people went: with it.
        var at = time.Now - clock.GetElapsedTime(node.HeardAt);
        foreach (var person in roster.PeopleOn(id))
        {
            lastSeen.Note(person.UserId, at);
            roster.Put(id, person with { Status = PresenceStatus.Offline, Rooms = [], LastSeenAt = at });
        }
    }

    [LoggerMessage(70, LogLevel.Information, "Node {NodeId} is there.")]
    private partial void LogCame(Guid nodeId);

    [LoggerMessage(71, LogLevel.Warning, "Node {NodeId} has fallen silent; its people count as gone from there.")]
    private partial void LogDead(Guid nodeId);
}
