using Chat.Contracts;
using Chat.Hub.Nodes;

namespace Chat.Hub.Presence;

/// <summary>
/// Who is here, on which nodes, hearing which rooms: this node's own people and what the others told of theirs. All of it
/// is computed from sets, so that a message that is lost or comes twice leaves no wrong count.
/// </summary>
internal sealed class Roster
{
    private readonly Lock gate = new();
    // Of each person the nodes it is on: one, mostly.
    private readonly Dictionary<Guid, Place[]> places = [];
    private readonly Dictionary<Guid, HashSet<Guid>> peopleOfNode = [];
    private readonly Dictionary<Guid, HashSet<Guid>> crowds = [];
    private readonly Departed departed = new();

    /// <summary>A user is seen differently in a room. Raised while the roster is locked: hand it on.</summary>
    public event Action<Guid, Guid>? Changed;

    public PresenceStatus StatusOf(Guid userId)
    {
        lock (gate) return Status(userId);
    }

    /// <summary>What somebody says of itself, who is here or went a while ago; of others only the store knows.</summary>
    public Face FaceOf(Guid userId)
    {
        lock (gate) return places.ContainsKey(userId) ? new Face(Text(userId), null) : departed.Find(userId) ?? Face.Blank;
    }

    public bool IsFaceKnown(Guid userId)
    {
        lock (gate) return places.ContainsKey(userId) || departed.Find(userId) is not null;
    }

    /// <summary>How somebody is seen in a room, and how many are there.</summary>
    public (PresenceStatus Status, int OnlineCount) Look(Guid roomId, Guid userId)
    {
        lock (gate)
        {
            return crowds.GetValueOrDefault(roomId) is { } crowd
                ? (crowd.Contains(userId) ? Status(userId) : PresenceStatus.Offline, crowd.Count)
                : (PresenceStatus.Offline, 0);
        }
    }

    public int OnlineIn(Guid roomId)
    {
        lock (gate) return crowds.GetValueOrDefault(roomId)?.Count ?? 0;
    }

    /// <summary>People on a node.</summary>
    public IReadOnlyList<NodePerson> PeopleOn(Guid nodeId)
    {
        lock (gate) return [.. peopleOfNode.GetValueOrDefault(nodeId, []).Select(userId => Array.Find(places[userId], place => place.NodeId == nodeId).Person)];
    }

    /// <summary>
    /// Raises <see cref="Changed"/> for somebody who is in a room: an entry of a node that died may have kept it there over a
    /// leaving and a coming back, and whoever asked for the list in between was told nothing.
    /// </summary>
    public void Recall(Guid roomId, Guid userId)
    {
        lock (gate)
        {
            if (crowds.GetValueOrDefault(roomId)?.Contains(userId) is true) Changed?.Invoke(roomId, userId);
        }
    }

    /// <summary>Somebody on a node is seen like this from now on; offline: is not there any more.</summary>
    public void Put(Guid nodeId, NodePerson person)
    {
        lock (gate) Change(nodeId, person);
    }

    /// <summary>These and no others are on the node.</summary>
    public void Replace(Guid nodeId, IReadOnlyCollection<NodePerson> people)
    {
        lock (gate)
        {
            var gone = peopleOfNode.GetValueOrDefault(nodeId, []).Except(people.Select(person => person.UserId)).ToList();
            foreach (var userId in gone) Change(nodeId, new NodePerson(userId, PresenceStatus.Offline, []));
            foreach (var person in people) Change(nodeId, person);
        }
    }

    private void Change(Guid nodeId, NodePerson person)
    {
        var userId = person.UserId;
        var before = places.GetValueOrDefault(userId, []);
        Place[] now;
        if (!peopleOfNode.TryGetValue(nodeId, out var people)) peopleOfNode[nodeId] = people = [];
        if (person.Status is PresenceStatus.Offline)
        {
            now = [.. before.Where(place => place.NodeId != nodeId)];
            people.Remove(userId);
        }
        else
        {
            var place = new Place(nodeId, person);
            now = before.Any(one => one.NodeId == nodeId) ? [.. before.Select(one => one.NodeId == nodeId ? place : one)] : [.. before, place];
            people.Add(userId);
        }
        if (people.Count is 0) peopleOfNode.Remove(nodeId);

        var textBefore = Text(before);
        if (now is [])
        {
            places.Remove(userId);
            if (person.LastSeenAt is not null) departed.Add(userId, new Face(person.Text ?? textBefore, person.LastSeenAt));
        }
        else
        {
            places[userId] = now;
            departed.Remove(userId);
        }

        var isOther = Status(now) != Status(before) || Text(now) != textBefore;
        var roomsNow = Rooms(now);
        if (before is not [])
        {
            foreach (var roomId in Rooms(before).Except(roomsNow)) Leave(roomId, userId);
        }
        foreach (var roomId in roomsNow)
        {
            if (Enter(roomId, userId) || isOther) Changed?.Invoke(roomId, userId);
        }
    }

    private bool Enter(Guid roomId, Guid userId)
    {
        if (!crowds.TryGetValue(roomId, out var crowd)) crowds[roomId] = crowd = [];
        return crowd.Add(userId);
    }

    private void Leave(Guid roomId, Guid userId)
    {
        var crowd = crowds[roomId];
        crowd.Remove(userId);
        if (crowd.Count is 0) crowds.Remove(roomId);
        Changed?.Invoke(roomId, userId);
    }

    private PresenceStatus Status(Guid userId) => Status(places.GetValueOrDefault(userId, []));

    private static PresenceStatus Status(Place[] nodes) => Statuses.Best(nodes.Select(place => place.Person.Status));

    private StatusText Text(Guid userId) => Text(places.GetValueOrDefault(userId, []));

    // A device elsewhere may not have heard yet what the user said here.
    private static StatusText Text(Place[] nodes) => nodes.Select(place => place.Person.Text).MaxBy(text => text?.SetAt) ?? StatusText.None;

    private static IReadOnlyCollection<Guid> Rooms(Place[] nodes) =>
        nodes is [var (_, person)] ? person.Rooms : nodes.SelectMany(place => place.Person.Rooms).ToHashSet();

    private readonly record struct Place(Guid NodeId, NodePerson Person);
}
