using Chat.Contracts;

namespace Chat.Hub.Presence;

/// <summary>What somebody says of itself, and when it was here last.</summary>
internal readonly record struct Face(StatusText Text, DateTimeOffset? LastSeenAt)
{
    public static Face Blank { get; } = new(StatusText.None, null);

    /// <summary>How others see it.</summary>
    public UserPresence Seen(Guid userId, PresenceStatus status, DateTimeOffset now)
    {
        var text = Text.At(now);
        return new UserPresence
        {
            UserId = userId,
            Status = status,
            Text = text.Text,
            TextUntil = text.Until,
            LastSeenAt = status is PresenceStatus.Offline ? LastSeenAt : null,
        };
    }
}

/// <summary>What somebody says of itself.</summary>
/// <param name="Text">Empty for nothing.</param>
/// <param name="Until">Until when; null for as long as it stays.</param>
/// <param name="SetAt">When it was said: of two, the later counts, in whatever order nodes hear of them.</param>
internal sealed record StatusText(string Text, DateTimeOffset? Until, DateTimeOffset SetAt)
{
    public static StatusText None { get; } = new("", null, DateTimeOffset.UnixEpoch);

    public bool HasEnded(DateTimeOffset now) => Until <= now;

    /// <summary>What it says at a moment.</summary>
    public StatusText At(DateTimeOffset now) => HasEnded(now) ? this with { Text = "", Until = null } : this;
}

/// <summary>That somebody was here.</summary>
internal readonly record struct Seen(Guid UserId, DateTimeOffset At);
