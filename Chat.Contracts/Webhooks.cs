using MessagePack;

namespace Chat.Contracts;

/// <summary>Makes an address at which other programs post into a room.</summary>
[MessagePackObject]
public sealed record CreateIncomingWebhook
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>Made by the client before its first try and kept over repeats.</summary>
    [Key("webhookId")]
    public required Guid WebhookId { get; init; }

    /// <summary>The name its messages carry, 1 to 40 characters.</summary>
    [Key("name")]
    public required string Name { get; init; }
}

/// <summary>An address at which other programs post into a room.</summary>
[MessagePackObject]
public sealed record IncomingWebhook
{
    /// <summary>The webhook.</summary>
    [Key("id")]
    public required Guid Id { get; init; }

    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The name its messages carry.</summary>
    [Key("name")]
    public required string Name { get; init; }

    /// <summary>
    /// Where to POST <see cref="PostByWebhook"/>, below the address of the server. It holds the secret, and is told once: in
    /// the answer to <see cref="IChatHub.CreateIncomingWebhook"/>; empty elsewhere.
    /// </summary>
    [Key("path")]
    public required string Path { get; init; }

    /// <summary>Who made it.</summary>
    [Key("createdBy")]
    public required Guid CreatedBy { get; init; }

    /// <summary>When.</summary>
    [Key("createdAt")]
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a program posts into a room, as JSON. With the header <c>Idempotency-Key</c> a repeat posts nothing more.</summary>
[MessagePackObject]
public sealed record PostByWebhook
{
    /// <summary>As in <see cref="SendMessage.Text"/>.</summary>
    [Key("text")]
    public required string Text { get; init; }
}

/// <summary>Has the events of a room posted to an address.</summary>
[MessagePackObject]
public sealed record CreateOutgoingWebhook
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>Made by the client before its first try and kept over repeats.</summary>
    [Key("webhookId")]
    public required Guid WebhookId { get; init; }

    /// <summary>Where to, http or https, at most 500 characters. Not an address of a private network unless the server allows it.</summary>
    [Key("url")]
    public required string Url { get; init; }

    /// <summary>Which events; empty for all.</summary>
    [Key("events")]
    public IReadOnlyList<WebhookEvent> Events { get; init; } = [];
}

/// <summary>What an outgoing webhook tells.</summary>
public enum WebhookEvent
{
    /// <summary>An event of a newer server.</summary>
    Unknown = 0,

    /// <summary>A message was posted.</summary>
    MessagePosted,

    /// <summary>A message was edited, reacted to or pinned.</summary>
    MessageChanged,

    /// <summary>A message was deleted.</summary>
    MessageDeleted,

    /// <summary>A member came, went, or has another role.</summary>
    MemberChanged,

    /// <summary>The room's name, topic or rules changed.</summary>
    RoomChanged,
}

/// <summary>An address that is told what happens in a room, in order, signed, and again until it has answered 2xx.</summary>
[MessagePackObject]
public sealed record OutgoingWebhook
{
    /// <summary>The webhook.</summary>
    [Key("id")]
    public required Guid Id { get; init; }

    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>Where to.</summary>
    [Key("url")]
    public required string Url { get; init; }

    /// <summary>Which events; empty for all.</summary>
    [Key("events")]
    public required IReadOnlyList<WebhookEvent> Events { get; init; }

    /// <summary>What signs its requests (HMAC-SHA256), told once: in the answer to <see cref="IChatHub.CreateOutgoingWebhook"/>; empty elsewhere.</summary>
    [Key("secret")]
    public required string Secret { get; init; }

    /// <summary>How it goes.</summary>
    [Key("state")]
    public required WebhookState State { get; init; }

    /// <summary>Since when nothing gets through; null while it does.</summary>
    [Key("failingSince")]
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>What went wrong last, for people; empty while nothing does.</summary>
    [Key("lastError")]
    public string LastError { get; init; } = "";

    /// <summary>Events that wait.</summary>
    [Key("waiting")]
    public required int Waiting { get; init; }

    /// <summary>Who made it.</summary>
    [Key("createdBy")]
    public required Guid CreatedBy { get; init; }

    /// <summary>When.</summary>
    [Key("createdAt")]
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>How an outgoing webhook goes.</summary>
public enum WebhookState
{
    /// <summary>A state of a newer server.</summary>
    Unknown = 0,

    /// <summary>What happens gets through.</summary>
    Active,

    /// <summary>The last try failed; it is tried again with back-off.</summary>
    Retrying,

    /// <summary>Nothing got through for a day: events wait until <see cref="IChatHub.ResumeWebhook"/>.</summary>
    Parked,
}

/// <summary>Asks for the webhooks of a room.</summary>
[MessagePackObject]
public sealed record ListWebhooks
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }
}

/// <summary>The webhooks of a room.</summary>
[MessagePackObject]
public sealed record WebhookList
{
    /// <summary>Those that post into it.</summary>
    [Key("incoming")]
    public required IReadOnlyList<IncomingWebhook> Incoming { get; init; }

    /// <summary>Those that are told what happens.</summary>
    [Key("outgoing")]
    public required IReadOnlyList<OutgoingWebhook> Outgoing { get; init; }
}

/// <summary>A webhook of a room.</summary>
[MessagePackObject]
public sealed record WebhookReference
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The webhook.</summary>
    [Key("webhookId")]
    public required Guid WebhookId { get; init; }
}
