using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Chat.Contracts.Wire;

/// <summary>
/// The contract in JSON: camelCase names, enums in snake_case, moments in ISO 8601. Safe for programs that are trimmed or compiled
/// ahead of time.
/// </summary>
public static class ChatJson
{
    /// <summary>Options for anything that reads or writes the contract.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions());

    /// <summary>
    /// Sets the contract's rules on somebody else's options, and answers them. Types go by the options' own resolver; where there is
    /// none by reflection, if the program has it; and those of the contract, at last, by code made at compile time.
    /// </summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.MaxDepth = 16;
        // Frames travel as UTF-8 and are never pasted into a page: without this an emoji takes 12 bytes instead of 4.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        foreach (var converter in WireEnumJson.Converters) options.Converters.Add(converter);
        options.Converters.Add(new TimeConverter());
        if (JsonSerializer.IsReflectionEnabledByDefault) Reflect(options);
        options.TypeInfoResolverChain.Add(ChatJsonContext.Default.WithAddedModifier(InitialValues.Keep));
        return options;
    }

    /// <summary>How a type of the contract is read and written, for calls that are safe to trim.</summary>
    /// <typeparam name="T">A record of the contract, or a reply with one.</typeparam>
    /// <exception cref="NotSupportedException">The type is none of the contract's, and the program has no reflection.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    // First where it is there: it reads a message in 3.1 µs, generated code in 5.9 (init-only properties; on a busy machine). And
    // for all else that somebody writes with the same options.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Called only where the trimmer left reflection on.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Called only where the trimmer left reflection on.")]
    private static void Reflect(JsonSerializerOptions options)
    {
        options.Converters.Add(new OtherEnumJson());
        options.TypeInfoResolver ??= new DefaultJsonTypeInfoResolver();
    }

    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time)
                ? time.ToUniversalTime()
                : throw new JsonException("A moment is text in ISO 8601.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            Span<char> text = stackalloc char[WireTime.MostCharacters];
            writer.WriteStringValue(text[..WireTime.ToWire(value, text)]);
        }
    }
}
