using System.Text.Json.Serialization;
using Chat.Contracts;

namespace Chat.Client.Sending;

/// <summary>A line of an outbox file: a message as it is from here on, or the id of one that is done with.</summary>
internal sealed record OutboxLine
{
    public OutboxEntry? Put { get; init; }

    public Guid? Done { get; init; }
}

/// <summary>A message in an outbox file.</summary>
internal sealed record OutboxEntry
{
    public required SendMessage Request { get; init; }

    public Guid? Author { get; init; }

    public long Order { get; init; }

    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>Why it is parked; null while it is to be sent.</summary>
    public ErrorCode? Code { get; init; }

    public string? Reason { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OutboxLine))]
internal sealed partial class OutboxJson : JsonSerializerContext;
