using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Contracts;
using Chat.Contracts.Wire;

namespace Chat.Hub.Storage;

/// <summary>The parts of a message that most messages do not have, kept together as JSON in one column.</summary>
internal sealed record MessageExtras
{
    private static readonly MessageExtras None = new();

    private static readonly JsonSerializerOptions Json =
        ChatJson.Configure(new JsonSerializerOptions { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault });

    public SystemEvent? System { get; init; }

    public int ReplyCount { get; init; }

    public DateTimeOffset? LastReplyAt { get; init; }

    public IReadOnlyList<Mention>? Mentions { get; init; }

    public IReadOnlyList<Attachment>? Attachments { get; init; }

    public IReadOnlyList<Reaction>? Reactions { get; init; }

    public MessageReference? ForwardedFrom { get; init; }

    public StreamState? Stream { get; init; }

    /// <summary>Null for a message without any.</summary>
    public static string? Write(Message message)
    {
        var extras = new MessageExtras
        {
            System = message.System,
            ReplyCount = message.ReplyCount,
            LastReplyAt = message.LastReplyAt,
            Mentions = Some(message.Mentions),
            Attachments = Some(message.Attachments),
            Reactions = Some(message.Reactions),
            ForwardedFrom = message.ForwardedFrom,
            Stream = message.Stream,
        };
        return extras == None ? null : JsonSerializer.Serialize(extras, Json);
    }

    /// <summary>The message with what its column holds.</summary>
    public static Message Read(string? json, Message message)
    {
        if (json is null || JsonSerializer.Deserialize<MessageExtras>(json, Json) is not { } extras) return message;
        return message with
        {
            System = extras.System,
            ReplyCount = extras.ReplyCount,
            LastReplyAt = extras.LastReplyAt,
            Mentions = extras.Mentions ?? [],
            Attachments = extras.Attachments ?? [],
            Reactions = extras.Reactions ?? [],
            ForwardedFrom = extras.ForwardedFrom,
            Stream = extras.Stream,
        };
    }

    private static IReadOnlyList<T>? Some<T>(IReadOnlyList<T> list) => list.Count is 0 ? null : list;
}
