using System.Text.Json.Serialization;
using Chat.Contracts;
using Chat.Hub.Presence;

namespace Chat.Hub.Nodes;

/// <summary>What one node says to the others. A kind that a node does not know (a newer version runs beside it) is passed over.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RecordsTold), "records")]
[JsonDerivedType(typeof(MemberCame), "member")]
[JsonDerivedType(typeof(TypingTold), "typing")]
[JsonDerivedType(typeof(MarkerTold), "marker")]
[JsonDerivedType(typeof(ReaderTold), "reader")]
[JsonDerivedType(typeof(StreamTold), "stream")]
[JsonDerivedType(typeof(Beat), "beat")]
[JsonDerivedType(typeof(PersonTold), "person")]
[JsonDerivedType(typeof(PeopleAsked), "ask")]
[JsonDerivedType(typeof(PeopleTold), "people")]
[JsonDerivedType(typeof(NodeLeft), "left")]
[JsonDerivedType(typeof(OrderGiven), "order")]
internal abstract record NodeMessage;

/// <summary>A message with its sender.</summary>
internal sealed record Envelope(Guid From, NodeMessage Body);

/// <summary>Records of one room that the sender's log wrote in one change.</summary>
internal sealed record RecordsTold(Guid RoomId, IReadOnlyList<Room> Rooms, IReadOnlyList<Member> Members, IReadOnlyList<Message> Messages) : NodeMessage
{
    public static RecordsTold Of(IReadOnlyList<RoomRecord> records) =>
        new(records[0].RoomId, [.. records.OfType<Room>()], [.. records.OfType<Member>()], [.. records.OfType<Message>()]);

    public IReadOnlyList<RoomRecord> Records() => [.. Rooms.Concat<RoomRecord>(Members).Concat(Messages).OrderBy(record => record.Version)];
}

/// <summary>Somebody came into a room: for nodes where its devices are and nobody listens to that room yet.</summary>
internal sealed record MemberCame(Member Member) : NodeMessage;

/// <summary>Somebody types.</summary>
internal sealed record TypingTold(TypingNotice Notice) : NodeMessage;

/// <summary>A user's read marker moved: for the other devices.</summary>
internal sealed record MarkerTold(ReadMarker Marker) : NodeMessage;

/// <summary>A member of a small room has read on: for the others in it.</summary>
internal sealed record ReaderTold(Reader Reader) : NodeMessage;

/// <summary>A piece of an open message whose writer is connected to the sender.</summary>
internal sealed record StreamTold(StreamChunk Chunk) : NodeMessage;

/// <summary>The node lives, and has told so many changes of its people.</summary>
internal sealed record Beat(long Sequence) : NodeMessage;

/// <summary>Somebody on the sender is seen differently now: offline when gone from there.</summary>
internal sealed record PersonTold(long Sequence, NodePerson Person) : NodeMessage;

/// <summary>Asks a node for all its people.</summary>
internal sealed record PeopleAsked(Guid NodeId) : NodeMessage;

/// <summary>A part of the answer: all who are on the sender after so many changes.</summary>
internal sealed record PeopleTold(long Sequence, bool IsFirst, bool IsLast, IReadOnlyList<NodePerson> People) : NodeMessage;

/// <summary>The node stops.</summary>
internal sealed record NodeLeft : NodeMessage;

/// <summary>Something to do for whoever has the connection or user.</summary>
internal sealed record OrderGiven(Order Order) : NodeMessage;

/// <summary>Somebody on a node, with all devices there, and the rooms they hear.</summary>
internal sealed record NodePerson(Guid UserId, PresenceStatus Status, IReadOnlyList<Guid> Rooms)
{
    /// <summary>What it says of itself; null for nothing.</summary>
    public StatusText? Text { get; init; }

    /// <summary>Of one who is gone: when its last connection there ended.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }
}
