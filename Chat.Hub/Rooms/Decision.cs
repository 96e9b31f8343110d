using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>What shall happen: refuse, answer what happened before, or append records to the room.</summary>
internal sealed record Decision
{
    public Error? Refusal { get; private init; }

    /// <summary>Records without numbers yet, in the order they take them.</summary>
    public IReadOnlyList<RoomRecord> Drafts { get; private init; } = [];

    /// <summary>Records that are there already and answer the request.</summary>
    public IReadOnlyList<RoomRecord> Before { get; private init; } = [];

    public static Decision Refuse(Error refusal) => new() { Refusal = refusal };

    public static Decision Append(params RoomRecord[] drafts) => new() { Drafts = drafts };

    public static Decision AsBefore(params RoomRecord[] before) => new() { Before = before };
}
