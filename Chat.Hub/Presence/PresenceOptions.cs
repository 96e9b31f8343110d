using System.ComponentModel.DataAnnotations;

namespace Chat.Hub.Presence;

/// <summary>Who is seen, and when: section <c>Chat:Presence</c>.</summary>
public sealed class PresenceOptions
{
    /// <summary>Milliseconds between a user's last connection and being told offline, so that a reconnect does not flicker.</summary>
    [Range(0, 600_000)]
    public int OfflineGraceMs { get; set; } = 5_000;

    /// <summary>Rooms with more people present than this are told counts, once a second, instead of names.</summary>
    [Range(1, 100_000)]
    public int NamedUpTo { get; set; } = 200;

    /// <summary>Milliseconds between two typing notices of one user in one room; those between are dropped.</summary>
    [Range(0, 600_000)]
    public int TypingIntervalMs { get; set; } = 2_000;
}
