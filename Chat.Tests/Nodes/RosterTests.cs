using Chat.Contracts;
using Chat.Hub.Nodes;
using Chat.Hub.Presence;

namespace Chat.Tests.Nodes;

public sealed class RosterTests
{
    private static readonly Guid Here = Guid.NewGuid();
    private static readonly Guid There = Guid.NewGuid();
    private static readonly Guid Room = Guid.NewGuid();
    private static readonly Guid Ann = Guid.NewGuid();

    private readonly Roster roster = new();
    private readonly List<(Guid Room, Guid User)> changes = [];

    public RosterTests() => roster.Changed += (room, user) => changes.Add((room, user));

    [Fact]
    public void A_person_on_two_nodes_counts_once_and_is_seen_at_its_best()
    {
        Put(Here, PresenceStatus.Away);
        Put(There, PresenceStatus.Online);
        roster.Look(Room, Ann).Should().Be((PresenceStatus.Online, 1));
        Put(Here, PresenceStatus.DoNotDisturb);
        roster.StatusOf(Ann).Should().Be(PresenceStatus.DoNotDisturb, "it is meant for all devices");
    }

    [Fact]
    public void A_dead_node_takes_away_only_those_who_are_nowhere_else_and_tells_it_once()
    {
        var bob = Guid.NewGuid();
        Put(Here, PresenceStatus.Online);
        Put(There, PresenceStatus.Online);
        roster.Put(There, new NodePerson(bob, PresenceStatus.Online, [Room]));
        changes.Clear();
        roster.Replace(There, []);
        changes.Should().Equal((Room, bob));
        roster.OnlineIn(Room).Should().Be(1);
        roster.Replace(There, []);
        changes.Should().ContainSingle();
    }

    [Fact]
    public void What_comes_twice_changes_nothing()
    {
        Put(Here, PresenceStatus.Online);
        changes.Clear();
        Put(Here, PresenceStatus.Online);
        changes.Should().BeEmpty();
        roster.OnlineIn(Room).Should().Be(1);
    }

    [Fact]
    public void Leaving_a_room_is_told_there_and_nowhere_else()
    {
        var other = Guid.NewGuid();
        roster.Put(Here, new NodePerson(Ann, PresenceStatus.Online, [Room, other]));
        changes.Clear();
        roster.Put(Here, new NodePerson(Ann, PresenceStatus.Online, [other]));
        changes.Should().Equal((Room, Ann));
        roster.Look(Room, Ann).Should().Be((PresenceStatus.Offline, 0));
        roster.Look(other, Ann).Should().Be((PresenceStatus.Online, 1));
    }

    private void Put(Guid node, PresenceStatus status) => roster.Put(node, new NodePerson(Ann, status, [Room]));
}
