using MessagePack;

namespace Chat.Contracts;

/// <summary>What a bot may do.</summary>
public enum BotScope
{
    /// <summary>A scope of a newer server.</summary>
    Unknown = 0,

    /// <summary>Reads rooms, messages, members and presence.</summary>
    Read,

    /// <summary>Comes into rooms and leaves them, posts and changes messages.</summary>
    Write,

    /// <summary>Makes and changes rooms, members, invites and webhooks, as far as its role in the room goes.</summary>
    Manage,

    /// <summary>Uploads files.</summary>
    Upload,
}

/// <summary>A program that signs in by a token. In rooms it is a member like others.</summary>
[MessagePackObject]
public sealed record Bot
{
    /// <summary>The user that it is.</summary>
    [Key("user")]
    public required User User { get; init; }

    /// <summary>What it may do.</summary>
    [Key("scopes")]
    public required IReadOnlyList<BotScope> Scopes { get; init; }

    /// <summary>Which administrator made it.</summary>
    [Key("createdBy")]
    public required Guid CreatedBy { get; init; }

    /// <summary>When.</summary>
    [Key("createdAt")]
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Makes a bot.</summary>
[MessagePackObject]
public sealed record CreateBot
{
    /// <summary>1 to 40 characters, not taken.</summary>
    [Key("name")]
    public required string Name { get; init; }

    /// <summary>What it may do; at least one.</summary>
    [Key("scopes")]
    public required IReadOnlyList<BotScope> Scopes { get; init; }
}

/// <summary>A bot with a new token. The one before, if there was one, is worth nothing any more.</summary>
[MessagePackObject]
public sealed record BotToken
{
    /// <summary>The bot.</summary>
    [Key("bot")]
    public required Bot Bot { get; init; }

    /// <summary>What <see cref="ChatPaths.BotSignIn"/> takes. Told once: the server keeps its hash only.</summary>
    [Key("token")]
    public required string Token { get; init; }
}

/// <summary>The bots of a server.</summary>
[MessagePackObject]
public sealed record BotList
{
    /// <summary>By name.</summary>
    [Key("bots")]
    public required IReadOnlyList<Bot> Bots { get; init; }
}
