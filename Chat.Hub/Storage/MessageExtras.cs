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

    public StreamState? Stream { get; init; }

    /// <summary>Null for a message without any.</summary>
    public static string? Write(Message message) =>
        message is { System: null, Stream: null } ? null
        : JsonSerializer.Serialize(new MessageExtras { System = message.System, Stream = message.Stream }, Json);

    public static MessageExtras Read(string? json) =>
        json is null ? None : JsonSerializer.Deserialize<MessageExtras>(json, Json) ?? None;
}
