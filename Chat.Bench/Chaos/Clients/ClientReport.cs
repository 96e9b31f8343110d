using Chat.Bench.Checking;
using Chat.Contracts;

namespace Chat.Bench.Chaos.Clients;

/// <summary>All that a client shows. What happened is told since the last report that was taken.</summary>
internal sealed record ClientReport
{
    public required string Name { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>What it shows of the rooms it is in.</summary>
    public required IReadOnlyList<RoomReport> Rooms { get; init; }

    /// <summary>What it was shown, message by message; also of rooms it has left.</summary>
    public required IReadOnlyList<ShownRoom> Shown { get; init; }
}

/// <summary>What a client holds of a room.</summary>
internal sealed record RoomReport
{
    public required Guid RoomId { get; init; }

    /// <summary>The version up to which it knows all.</summary>
    public required long Head { get; init; }

    public required string RoomName { get; init; }

    public required string Topic { get; init; }

    public required long RoomVersion { get; init; }

    /// <summary>The newest messages, without a hole.</summary>
    public required IReadOnlyList<StoredMessage> Messages { get; init; }

    /// <summary>Those who are in the room.</summary>
    public required IReadOnlyList<StoredMember> Members { get; init; }

    public required int MemberCount { get; init; }

    /// <summary>Who is there, by each way of knowing it.</summary>
    public required IReadOnlyList<PresenceSeen> Presence { get; init; }
}

/// <summary>Who somebody sees.</summary>
/// <param name="How">By which way it is known.</param>
/// <param name="Status">Of users; whoever is not named is offline if <paramref name="IsAll"/>, and not known else.</param>
/// <param name="IsAll">Whether everybody who is not offline is named.</param>
/// <param name="OnlineCount">How many are not offline; null where it is not told.</param>
internal sealed record PresenceSeen(string How, IReadOnlyDictionary<Guid, PresenceStatus> Status, bool IsAll, int? OnlineCount);
