using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Contracts.Wire;

/// <summary>The contract's enums in JSON, named one by one so that they are there in programs that are compiled ahead of time.</summary>
internal static class WireEnumJson
{
    public static IReadOnlyList<JsonConverter> Converters { get; } =
    [
        new WireEnumConverter<AuditAct>(),
        new WireEnumConverter<BotScope>(),
        new WireEnumConverter<CloseCode>(),
        new WireEnumConverter<ErrorCode>(),
        new WireEnumConverter<MemberRole>(),
        new WireEnumConverter<MemberState>(),
        new WireEnumConverter<MessageKind>(),
        new WireEnumConverter<NoticeKind>(),
        new WireEnumConverter<PresenceStatus>(),
        new WireEnumConverter<ReconnectAdvice>(),
        new WireEnumConverter<RoomKind>(),
        new WireEnumConverter<StreamState>(),
        new WireEnumConverter<SystemEventKind>(),
        new WireEnumConverter<UserKind>(),
        new WireEnumConverter<WebhookEvent>(),
        new WireEnumConverter<WebhookState>(),
    ];
}

/// <summary>One enum in JSON, see <see cref="WireEnum{T}"/>.</summary>
internal sealed class WireEnumConverter<T> : JsonConverter<T> where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? WireEnum<T>.FromWire(reader.GetString())
            : throw new JsonException($"{typeof(T).Name} is text.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(WireEnum<T>.ToWire(value));
}
