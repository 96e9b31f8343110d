using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Chat.Contracts;
using Chat.Contracts.Wire;
using MessagePack;

namespace Chat.Tests.Contracts;

/// <summary>JSON without reflection: all of the contract, and the same on the wire as with it.</summary>
public sealed class ChatJsonTests
{
    private static readonly Assembly Contract = typeof(IChatHub).Assembly;

    private static readonly JsonSerializerOptions Generated =
        new(ChatJson.Options) { TypeInfoResolver = ChatJson.Options.TypeInfoResolverChain[^1] };

    private static readonly JsonSerializerOptions Reflected = new(ChatJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    [Fact]
    public void Every_type_of_the_contract_is_read_and_written_without_reflection()
    {
        Generated.TryGetTypeInfo(typeof(ChatJsonTests), out _).Should().BeFalse();
        OnTheWire().Where(type => !Generated.TryGetTypeInfo(type, out _)).Select(type => $"{type}")
            .Should().BeEmpty("each stands in ChatJsonContext");
    }

    [Fact]
    public void Every_enum_of_the_contract_has_its_converter_without_reflection() =>
        WireEnumJson.Converters.Select(converter => converter.Type).Should()
            .BeEquivalentTo(Contract.GetExportedTypes().Where(type => type.IsEnum), "each stands in WireEnumJson");

    [Theory]
    [InlineData(Filling.Full)]
    [InlineData(Filling.Empty)]
    [InlineData(Filling.Plain)]
    public void Without_reflection_the_wire_is_the_same_to_the_byte(Filling filling)
    {
        foreach (var type in OnTheWire())
        {
            var sample = Samples.Of(type, filling);
            var written = JsonSerializer.Serialize(sample, type, Generated);
            written.Should().Be(JsonSerializer.Serialize(sample, type, Reflected), type.Name);
            JsonSerializer.Serialize(JsonSerializer.Deserialize(written, type, Generated), type, Generated).Should().Be(written, type.Name);
        }
    }

    [Fact]
    public void Without_reflection_each_property_that_is_left_out_is_the_same()
    {
        foreach (var type in OnTheWire())
        {
            var whole = JsonSerializer.SerializeToNode(Samples.Of(type, Filling.Plain), type, Reflected)!.AsObject();
            foreach (var name in whole.Select(part => part.Key).ToList())
            {
                var part = (JsonObject)whole.DeepClone();
                part.Remove(name);
                Read(part, type, Generated).Should().Be(Read(part, type, Reflected), $"{type.Name} without {name}");
                part[name] = null;
                Read(part, type, Generated).Should().Be(Read(part, type, Reflected), $"{type.Name} with null for {name}");
            }
        }
    }

    [Fact]
    public void Other_types_in_the_same_options_are_written_as_the_contract_is()
    {
        var own = new { Act = Filling.Plain, At = DateTimeOffset.UnixEpoch, Of = (Error)new() { Code = ErrorCode.RoomFull, Message = "é" } };
        JsonSerializer.Serialize(own, ChatJson.Options).Should().Be(
            """{"act":"plain","at":"1970-01-01T00:00:00Z","of":{"code":"room_full","message":"é","retryAfterMs":null,"incidentId":null}}""");
    }

    [Fact]
    public void A_moment_is_written_in_UTC_with_as_much_of_its_fraction_as_there_is()
    {
        var random = new Random(1);
        var ticks = Enumerable.Range(0, 7).Select(digits => (long)Math.Pow(10, digits)).Append(0).Append(DateTimeOffset.MaxValue.Ticks)
            .Concat(Enumerable.Range(0, 1_000).Select(_ => random.NextInt64(DateTimeOffset.MaxValue.Ticks)));
        foreach (var time in ticks.Select(one => new DateTimeOffset(one, TimeSpan.Zero)))
            WireTime.ToWire(time).Should().Be(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture));
        WireTime.ToWire(DateTimeOffset.Parse("2026-01-31T14:00:00.12+02:00", CultureInfo.InvariantCulture)).Should().Be("2026-01-31T12:00:00.12Z");
    }

    private static IEnumerable<Type> OnTheWire() => typeof(IChatHub).GetMethods().SelectMany(method => new[] { method.GetParameters()[0].ParameterType, method.ReturnType.GenericTypeArguments[0] })
        .Concat(typeof(IChatClient).GetMethods().Select(method => method.GetParameters()[0].ParameterType))
        .Concat(Contract.GetExportedTypes().Where(type => !type.IsGenericTypeDefinition && type.GetCustomAttribute<MessagePackObjectAttribute>() is not null))
        .Concat([typeof(Reply<SignedIn>), typeof(Reply<ServerInfo>), typeof(Reply<Attachment>), typeof(Reply<Bot>), typeof(Reply<BotToken>), typeof(Reply<BotList>)])
        .Distinct();

    private static string Read(JsonObject part, Type type, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Serialize(JsonSerializer.Deserialize(part, type, options), type, options);
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }
}
