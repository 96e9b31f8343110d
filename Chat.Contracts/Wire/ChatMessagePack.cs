using System.Diagnostics.CodeAnalysis;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;

namespace Chat.Contracts.Wire;

/// <summary>
/// The contract in MessagePack: the same names and shapes as in JSON. Not for programs that are trimmed or compiled ahead of time.
/// </summary>
[RequiresUnreferencedCode(Needs), RequiresDynamicCode(Needs)]
public static class ChatMessagePack
{
    private const string Needs = "MessagePack reads and writes records by code that it makes while the program runs. Use JSON instead.";

    /// <summary>Options for anything that reads or writes the contract.</summary>
    public static MessagePackSerializerOptions Options { get; } = MessagePackSerializerOptions.Standard
        .WithResolver(CompositeResolver.Create(new WireResolver(), StandardResolver.Instance))
        .WithSecurity(MessagePackSecurity.UntrustedData);

    [RequiresUnreferencedCode(Needs), RequiresDynamicCode(Needs)]
    private sealed class WireResolver : IFormatterResolver
    {
        [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Whoever made the resolver was told.")]
        [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Whoever made the resolver was told.")]
        public IMessagePackFormatter<T>? GetFormatter<T>() => Cache<T>.Formatter;

        [RequiresUnreferencedCode(Needs), RequiresDynamicCode(Needs)]
        private static class Cache<T>
        {
            public static readonly IMessagePackFormatter<T>? Formatter = (IMessagePackFormatter<T>?)Make(typeof(T));
        }

        // Nullable forms too: the built-in resolver answers DateTimeOffset? with its own DateTimeOffset.
        private static object? Make(Type type)
        {
            if (type == typeof(DateTimeOffset)) return new TimeFormatter();
            if (type.IsEnum) return Activator.CreateInstance(typeof(EnumFormatter<>).MakeGenericType(type));
            return Nullable.GetUnderlyingType(type) is { } inner && Make(inner) is { } formatter
                ? Activator.CreateInstance(typeof(StaticNullableFormatter<>).MakeGenericType(inner), formatter)
                : null;
        }
    }

    private sealed class TimeFormatter : IMessagePackFormatter<DateTimeOffset>
    {
        public void Serialize(ref MessagePackWriter writer, DateTimeOffset value, MessagePackSerializerOptions options) =>
            writer.Write(WireTime.ToWire(value));

        public DateTimeOffset Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
        {
            try
            {
                return WireTime.FromWire(reader.ReadString());
            }
            catch (FormatException e)
            {
                throw new MessagePackSerializationException("A moment is text in ISO 8601.", e);
            }
        }
    }

    private sealed class EnumFormatter<T> : IMessagePackFormatter<T> where T : struct, Enum
    {
        public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options) =>
            writer.Write(WireEnum<T>.ToWire(value));

        public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
            WireEnum<T>.FromWire(reader.ReadString());
    }
}
