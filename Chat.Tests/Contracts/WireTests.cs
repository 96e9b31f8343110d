using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Hubs;
using Chat.Tests.Running;
using MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Contracts;

/// <summary>Every request, reply and event through both protocols and both clients, against the real server, field by field.</summary>
public sealed class WireTests
{
    private static readonly MethodInfo[] Methods = typeof(IChatHub).GetMethods();
    private static readonly MethodInfo[] Events = typeof(IChatClient).GetMethods();

    public static TheoryData<Wire, Filling> Cases()
    {
        var cases = new TheoryData<Wire, Filling>();
        foreach (var wire in Enum.GetValues<Wire>())
        {
            foreach (var filling in Enum.GetValues<Filling>()) cases.Add(wire, filling);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_NET_client_sends_and_gets_what_the_contract_says(Wire wire, Filling filling)
    {
        var interceptor = new Interceptor { Filling = filling };
        await using var server = await Start(interceptor);
        await using var connection = Guest.Build(server.Address, (await server.SignIn()).AccessToken, wire);
        var heard = new Dictionary<string, TaskCompletionSource<object?>>();
        foreach (var told in Events)
        {
            var arrived = heard[told.Name] = new TaskCompletionSource<object?>();
            connection.On(told.Name, [told.GetParameters()[0].ParameterType], arguments =>
            {
                arrived.TrySetResult(arguments[0]);
                return Task.CompletedTask;
            });
        }
        await connection.StartAsync();

        foreach (var method in Methods)
        {
            var request = Samples.Of(method.GetParameters()[0].ParameterType, filling);
            var reply = method.ReturnType.GenericTypeArguments[0];
            var answer = await connection.InvokeCoreAsync(method.Name, reply, [request], default);
            interceptor.Arrived.TryDequeue(out var arrived).Should().BeTrue();
            arrived.Method.Should().Be(method.Name);
            Json(arrived.Request).Should().Be(Json(request), $"{method.Name}'s request");
            Json(answer!).Should().Be(Json(Samples.Of(reply, filling)), $"{method.Name}'s reply");
        }
        foreach (var told in Events)
        {
            await Tell(server, told, filling);
            Json((await heard[told.Name].Task.WaitAsync(TimeSpan.FromSeconds(10)))!).Should().Be(Json(SampleOf(told, filling)), told.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_JavaScript_client_sends_and_gets_what_the_contract_says(Wire wire, Filling filling)
    {
        var interceptor = new Interceptor { Filling = filling };
        await using var server = await Start(interceptor);
        await using var node = Node.Run(
            "client/test/contract.mjs", new Uri(server.Address, ChatPaths.Hub).AbsoluteUri, (await server.SignIn()).AccessToken,
            wire is Wire.Json ? "json" : "messagepack", JsonSerializer.Serialize(Events.Select(told => told.Name)));
        (await node.Line())["result"]!.GetValue<string>().Should().Be("ready");

        foreach (var method in Methods)
        {
            var request = Samples.Of(method.GetParameters()[0].ParameterType, filling);
            await node.Say(new JsonObject { ["method"] = method.Name, ["request"] = JsonNode.Parse(Json(request)) });
            var answer = await node.Line();
            interceptor.Arrived.TryDequeue(out var arrived).Should().BeTrue($"{method.Name} answered {answer.ToJsonString()}");
            Json(arrived.Request).Should().Be(Json(request), $"{method.Name}'s request");
            Same(answer["result"], Samples.Of(method.ReturnType.GenericTypeArguments[0], filling)).Should().BeTrue($"{method.Name}'s reply was {answer.ToJsonString()}");
        }
        foreach (var told in Events)
        {
            await Tell(server, told, filling);
            var line = await node.Line();
            line["event"]!.GetValue<string>().Should().Be(told.Name);
            Same(line["value"], SampleOf(told, filling)).Should().BeTrue($"{told.Name} was {line.ToJsonString()}");
        }
    }

    [Fact]
    public void Both_protocols_carry_the_same_names_and_shapes()
    {
        foreach (var type in typeof(IChatHub).Assembly.GetExportedTypes().Where(type => type.GetCustomAttribute<MessagePackObjectAttribute>() is not null && !type.IsGenericTypeDefinition))
        {
            var sample = Samples.Of(type, Filling.Plain);
            var packed = MessagePackSerializer.ConvertToJson(MessagePackSerializer.Serialize(type, sample, ChatMessagePack.Options));
            JsonNode.DeepEquals(JsonNode.Parse(packed), JsonNode.Parse(Json(sample))).Should().BeTrue($"{type.Name} is {Json(sample)} in JSON and {packed} in MessagePack");
        }
    }

    [Fact]
    public void What_is_on_the_wire_is_what_the_protocol_page_says() =>
        Json(new Member
        {
            RoomId = new Guid("00000000-0000-7000-8000-000000000001"),
            Version = 7,
            UserId = new Guid("0192d3a4-5b6c-7d8e-9f01-23456789abcd"),
            Name = "Ann",
            UserKind = UserKind.Guest,
            Role = MemberRole.Owner,
            State = MemberState.Active,
            JoinedAt = new DateTimeOffset(2026, 1, 31, 13, 0, 0, 120, TimeSpan.FromHours(1)),
        }).Should().Be(
            """{"userId":"0192d3a4-5b6c-7d8e-9f01-23456789abcd","name":"Ann","userKind":"guest","role":"owner","state":"active","joinedAt":"2026-01-31T12:00:00.12Z","leftAt":null,"mutedUntil":null,"bannedUntil":null,"reason":"","invitedBy":null,"roomId":"00000000-0000-7000-8000-000000000001","version":7}""");

    [Fact]
    public void An_enum_value_of_a_newer_server_reads_as_unknown_in_both()
    {
        JsonSerializer.Deserialize<Error>("""{"code":"from_the_future","message":""}""", ChatJson.Options)!.Code.Should().Be(ErrorCode.Unknown);
        var packed = MessagePackSerializer.ConvertFromJson("""{"code":"from_the_future","message":""}""");
        MessagePackSerializer.Deserialize<Error>(packed, ChatMessagePack.Options).Code.Should().Be(ErrorCode.Unknown);
    }

    [Fact]
    public void What_a_client_leaves_out_has_the_default_of_the_contract_in_both()
    {
        const string asked = """{"roomId":"0192d3a4-5b6c-7d8e-9f01-23456789abcd","name":"tea","somethingNew":[1,{}]}""";
        JsonSerializer.Deserialize<CreateRoom>(asked, ChatJson.Options)!.Kind.Should().Be(RoomKind.Public);
        MessagePackSerializer.Deserialize<CreateRoom>(MessagePackSerializer.ConvertFromJson(asked), ChatMessagePack.Options).Kind.Should().Be(RoomKind.Public);
        const string hello = """{"contractVersion":1}""";
        JsonSerializer.Deserialize<Connect>(hello, ChatJson.Options)!.Known.Should().BeEmpty();
        MessagePackSerializer.Deserialize<Connect>(MessagePackSerializer.ConvertFromJson(hello), ChatMessagePack.Options).Known.Should().BeEmpty();
    }

    private static Task<ChatServer> Start(Interceptor interceptor) => ChatServer.Start(
        builder => builder.Services.AddSignalR(options => options.AddFilter(interceptor)));

    private static object SampleOf(MethodInfo told, Filling filling) => Samples.Of(told.GetParameters()[0].ParameterType, filling);

    private static Task Tell(ChatServer server, MethodInfo told, Filling filling) =>
        (Task)told.Invoke(server.App.Services.GetRequiredService<IHubContext<ChatHub, IChatClient>>().Clients.All, [SampleOf(told, filling)])!;

    private static string Json(object value) => JsonSerializer.Serialize(value, value.GetType(), ChatJson.Options);

    private static bool Same(JsonNode? got, object sample) => JsonNode.DeepEquals(got, JsonNode.Parse(Json(sample)));
}
