using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Wire;

namespace Chat.Hub.Storage;

/// <summary>A session as it is stored. Of its refresh tokens only the hashes are.</summary>
internal sealed record KeptSession
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required string Client { get; init; }

    public required string Address { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>SHA-256 of the refresh token that is good now.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>SHA-256 of the one before; null before the first renewal.</summary>
    public byte[]? PreviousHash { get; init; }

    public required DateTimeOffset RenewedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>That a session was used.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="At">When.</param>
/// <param name="Client">What the client said it is; null where it did not say.</param>
/// <param name="Address">From where; null where that is not known.</param>
internal sealed record SessionUse(Guid SessionId, DateTimeOffset At, string? Client = null, string? Address = null);

/// <summary>The data of a session in one column.</summary>
internal static class SessionBag
{
    public static string Write(SessionData data) =>
        JsonSerializer.Serialize(data.Entries.ToDictionary(entry => entry.Key, entry => entry.Value), ChatJson.Options);

    public static SessionData Read(string json) => new()
    {
        Entries = [.. (JsonSerializer.Deserialize<Dictionary<string, string>>(json, ChatJson.Options) ?? [])
            .Select(entry => new SessionEntry { Key = entry.Key, Value = entry.Value }).OrderBy(entry => entry.Key, StringComparer.Ordinal)],
    };
}
