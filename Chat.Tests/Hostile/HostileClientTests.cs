using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.SignIn;
using Chat.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Hostile;

/// <summary>Whatever a client sends: answered by a code or closed with a reason, nobody else disturbed, no error in the log.</summary>
public sealed class HostileClientTests
{
    private const string Id = "\"11111111-1111-1111-1111-111111111111\"";
    private static readonly string General = $"\"{FirstRooms.General}\"";

    public static TheoryData<Wire> Wires => new(Wire.Json, Wire.MessagePack);

    [Theory]
    [MemberData(nameof(Wires))]
    public Task Calls_that_break_the_contract_are_answered_with_a_code(Wire wire) => Undisturbed(wire, async (server, open) =>
    {
        await using var raw = await open();
        await raw.Invoke("Connect", """[{"contractVersion":1}]""");
        (await raw.Answer()).Should().Be("ok");

        foreach (var (method, arguments, code) in Cases())
        {
            await raw.Invoke(method, arguments, "7");
            (await raw.Answer("7")).Should().Be(code, $"{method} {arguments[..Math.Min(200, arguments.Length)]}");
        }

        await raw.Invoke("SendMessage", $$"""[{"roomId":{{General}},"clientMessageId":{{Id}},"text":"still here"}]""", "8");
        (await raw.Answer("8")).Should().Be("ok", "the connection stays");
    });

    private static IEnumerable<(string Method, string Arguments, string Code)> Cases()
    {
        string Send(string text, string? id = null, string? room = null, string more = "") =>
            $$"""[{"roomId":{{room ?? General}},"clientMessageId":{{id ?? Id}},"text":{{text}}{{more}}}]""";

        yield return ("NoSuchMethod", "[]", "unknown_method");
        yield return ("OnDisconnectedAsync", "[null]", "unknown_method");
        yield return ("Dispose", "[]", "unknown_method");
        yield return ("SendMessage", "[]", "invalid");
        yield return ("SendMessage", "[null]", "invalid");
        yield return ("SendMessage", "[1,2,3]", "invalid");
        yield return ("SendMessage", "[\"text\"]", "invalid");
        yield return ("SendMessage", "[[]]", "invalid");
        yield return ("SendMessage", "[{}]", "invalid");
        yield return ("SendMessage", Send("null"), "invalid");
        yield return ("SendMessage", Send("5"), "invalid");
        yield return ("SendMessage", Send("[\"a\"]"), "invalid");
        yield return ("SendMessage", Send("\"hi\"", id: "null"), "invalid");
        yield return ("SendMessage", Send("\"hi\"", id: "\"not an id\""), "invalid");
        yield return ("SendMessage", Send("\"hi\"", id: "7"), "invalid");
        yield return ("SendMessage", Send("\"hi\"", id: $"\"{Guid.Empty}\""), "invalid");
        yield return ("SendMessage", Send("\"hi\"", room: "{}"), "invalid");
        yield return ("SendMessage", Send("\"hi\"", room: $"\"{Guid.NewGuid()}\""), "not_found");
        yield return ("SendMessage", Send("\"hi\"", room: $"\"{FirstRooms.Random}\""), "not_a_member");
        yield return ("SendMessage", Send("\"hi\"", more: ",\"replyToSeq\":-1"), "invalid");
        yield return ("SendMessage", Send("\"hi\"", more: ",\"replyToSeq\":1e300"), "invalid");
        yield return ("SendMessage", Send("\"hi\"", more: ",\"replyToSeq\":9223372036854775807"), "invalid");
        yield return ("SendMessage", Send("\"hi\"", more: ",\"replyToSeq\":4000000"), "not_found");
        yield return ("SendMessage", Send("\"\""), "invalid");
        yield return ("SendMessage", Send("\" \\n\\t\""), "invalid");
        yield return ("SendMessage", Send("\"nul \\u0000\""), "invalid");
        yield return ("SendMessage", Send("\"escape \\u001b[31m\""), "invalid");
        yield return ("SendMessage", Send(JsonSerializer.Serialize(new string('x', 16 * 1024 + 1))), "too_large");
        yield return ("CreateRoom", $$"""[{"roomId":{{Id}},"name":"x","kind":"castle"}]""", "invalid");
        yield return ("CreateRoom", $$"""[{"roomId":{{Id}},"name":"x","kind":3}]""", "invalid");
        yield return ("CreateRoom", $$"""[{"roomId":{{Id}},"name":"x","kind":"direct"}]""", "invalid");
        yield return ("CreateRoom", $$"""[{"roomId":{{Id}},"name":""}]""", "invalid");
        yield return ("CreateRoom", $$"""[{"roomId":{{Id}},"name":"a\u202eb"}]""", "invalid");
        yield return ("CreateRoom", $$"""[{"roomId":{{Id}},"name":"GENERAL"}]""", "name_taken");
        yield return ("GetHistory", $$"""[{"roomId":{{General}},"limit":0}]""", "invalid");
        yield return ("GetHistory", $$"""[{"roomId":{{General}},"limit":100000}]""", "invalid");
        yield return ("GetHistory", $$"""[{"roomId":{{General}},"limit":"many"}]""", "invalid");
        yield return ("GetHistory", $$"""[{"roomId":{{General}},"beforeSeq":1,"afterSeq":1}]""", "invalid");
        yield return ("Sync", $$"""[{"roomId":{{General}},"version":-5,"epoch":""}]""", "invalid");
        yield return ("Sync", $$"""[{"roomId":{{General}},"version":1,"epoch":null}]""", "invalid");
        yield return ("ListRooms", """[{"after":"' or 1=1 --"}]""", "invalid");
        yield return ("ListMembers", $$"""[{"roomId":{{General}},"after":"zzz"}]""", "invalid");
        yield return ("MarkRead", $$"""[{"roomId":{{General}},"seq":-1}]""", "invalid");
        yield return ("SetPresence", """[{"status":"invisible"}]""", "invalid");
        yield return ("SetPresence", """[{"status":"offline"}]""", "invalid");
        yield return ("Connect", """[{"contractVersion":1,"known":null}]""", "invalid");
        yield return ("Connect", """[{"contractVersion":1,"known":[null]}]""", "invalid");
        yield return ("Connect", """[{"contractVersion":1,"known":[{}]}]""", "invalid");
    }

    [Fact]
    public Task Half_characters_are_answered_with_a_code() => Undisturbed(Wire.Json, async (server, open) =>
    {
        await using var raw = await open();
        await raw.Invoke("Connect", """[{"contractVersion":1}]""");
        await raw.Answer();
        foreach (var half in (string[])["\\ud83d", "\\udc4b", "\\ud83d\\ud83d", "x\\ud83dx"])
        {
            await raw.Invoke("SendMessage", $$"""[{"roomId":{{General}},"clientMessageId":{{Id}},"text":"{{half}}"}]""", "7");
            (await raw.Answer("7")).Should().Be("invalid", half);
        }
        await raw.Invoke("\\ud83d", "[]", "9");
    });

    [Theory]
    [MemberData(nameof(Wires))]
    public Task Calls_before_Connect_of_other_kinds_and_without_an_id_do_no_harm(Wire wire) => Undisturbed(wire, async (server, open) =>
    {
        await using var raw = await open();
        await raw.Invoke("SendMessage", "[null]", id: null);
        await raw.Invoke("NoSuchMethod", "[]", id: null);
        await raw.Invoke("GetHistory", $$"""[{"roomId":{{General}}}]""", "2", type: 4);
        (await raw.Answer("2")).Should().NotBeNull("nothing here streams, and the caller is told");
        await raw.Invoke("GetHistory", $$"""[{"roomId":{{General}}}]""", "3");
        (await raw.Answer("3")).Should().Be("connect_first");
        await raw.Invoke("Ping", "[{}]", "4");
        (await raw.Answer("4")).Should().Be("ok");
    });

    [Theory]
    [InlineData("not json at all\u001e")]
    [InlineData("{\"type\":1,\u001e")]
    [InlineData("[]\u001e")]
    [InlineData("{}\u001e")]
    [InlineData("{\"type\":\"one\"}\u001e")]
    [InlineData("{\"type\":1,\"target\":5,\"arguments\":[]}\u001e")]
    [InlineData("{\"type\":2,\"invocationId\":\"1\",\"item\":5}\u001e")]
    [InlineData("{\"type\":3,\"invocationId\":\"1\",\"result\":5}\u001e")]
    [InlineData("{\"type\":1,\"target\":\"Ping\",\"arguments\":5}\u001e")]
    [InlineData("\u001e\u001e\u001e")]
    public Task A_frame_that_is_not_JSON_closes_the_connection_with_its_code(string frame) => Undisturbed(Wire.Json, async (server, open) =>
    {
        await using var raw = await open();
        await raw.SendText(frame);
        (await raw.ClosingCode()).Should().Be("malformed_frame");
    });

    [Theory]
    [InlineData(new byte[] { 0x01, 0xc1 })]
    [InlineData(new byte[] { 0x01, 0x90 })]
    [InlineData(new byte[] { 0x03, 0x93, 0x01, 0x02 })]
    [InlineData(new byte[] { 0x05, 0xdf, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x06, 0x96, 0xdd, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    public Task A_frame_that_is_not_MessagePack_closes_the_connection_with_its_code(byte[] frame) => Undisturbed(Wire.MessagePack, async (server, open) =>
    {
        await using var raw = await open();
        await raw.SendBytes(frame);
        (await raw.ClosingCode()).Should().Be("malformed_frame");
    });

    [Theory]
    [MemberData(nameof(Wires))]
    public Task A_frame_of_a_megabyte_closes_the_connection_with_its_code(Wire wire) => Undisturbed(wire, async (server, open) =>
    {
        await using var raw = await open();
        await raw.Invoke("Connect", """[{"contractVersion":1}]""");
        await raw.Answer();
        await raw.Invoke("SendMessage", $$"""[{"roomId":{{General}},"clientMessageId":{{Id}},"text":"{{new string('x', 1_000_000)}}"}]""");
        (await raw.ClosingCode()).Should().Be("frame_too_large");
    });

    [Theory]
    [MemberData(nameof(Wires))]
    public Task Deep_nesting_and_random_bytes_do_no_harm(Wire wire) => Undisturbed(wire, async (server, open) =>
    {
        await using (var deep = await open())
        {
            await deep.Invoke("SendMessage", string.Concat(Enumerable.Repeat("[", 5_000)) + string.Concat(Enumerable.Repeat("]", 5_000)));
            await deep.ClosingCodeOrAnswer();
        }
        var random = new Random(20260131);
        for (var i = 0; i < 40; i++)
        {
            await using var raw = await open();
            var noise = new byte[random.Next(1, 3_000)];
            random.NextBytes(noise);
            if (wire is Wire.Json) noise = [.. Encoding.UTF8.GetBytes(Convert.ToBase64String(noise)), 0x1e];
            await raw.SendBytes(noise);
        }
    });

    [Fact]
    public Task A_connection_that_ends_in_the_middle_of_a_frame_does_no_harm() => Undisturbed(Wire.Json, async (server, open) =>
    {
        for (var i = 0; i < 5; i++)
        {
            await using var raw = await open();
            await raw.SendText("{\"type\":1,\"target\":\"SendMess");
        }
    });

    [Theory]
    [InlineData(null, "Sign in first.")]
    [InlineData("rubbish", "The access token is not valid.")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", "The access token is not valid.")]
    public Task Missing_and_forged_tokens_are_answered_401_with_a_code(string? token, string message) => Undisturbed(Wire.Json, async (server, _) =>
    {
        (await Negotiate(server, token)).Should().Be((HttpStatusCode.Unauthorized, "unauthenticated", message));
    });

    [Fact]
    public Task An_expired_token_is_answered_401_with_a_code() => Undisturbed(Wire.Json, async (server, _) =>
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(-3));
        var issuer = new TokenIssuer(
            server.App.Services.GetRequiredService<SigningKey>(), Microsoft.Extensions.Options.Options.Create(new SignInOptions()), new Chat.Hub.Operations.ChatClock(clock));
        var expired = issuer.Issue((await server.SignIn("Old")).User, Guid.NewGuid(), "").AccessToken;
        (await Negotiate(server, expired)).Should().Be((HttpStatusCode.Unauthorized, "unauthenticated", "The sign-in has run out."));
    });

    [Fact]
    public Task Bad_bodies_are_answered_with_a_code() => Undisturbed(Wire.Json, async (server, _) =>
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        foreach (var (body, status, code) in ((string, int, string)[])
            [("", 400, "invalid"), ("null", 400, "invalid"), ("{}", 400, "invalid"), ("{\"name\":null}", 400, "invalid"), ("{\"name\":5}", 400, "invalid"),
             ("{\"name\":\"\\ud83d\"}", 400, "invalid"), ("{\"name\":\"a\\u0000\"}", 400, "invalid"), (new string('x', 20_000), 413, "too_large")])
        {
            using var response = await http.PostAsync(ChatPaths.GuestSignIn, new StringContent(body, Encoding.UTF8, "application/json"));
            var reply = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
            ((int)response.StatusCode, reply.RootElement.GetProperty("error").GetProperty("code").GetString()).Should().Be((status, code), body[..Math.Min(50, body.Length)]);
        }
    });

    private static async Task<(HttpStatusCode, string?, string?)> Negotiate(ChatServer server, string? token)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        if (token is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.PostAsync(ChatPaths.Hub + "/negotiate?negotiateVersion=1", null);
        var error = (await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync())).RootElement.GetProperty("error");
        return (response.StatusCode, error.GetProperty("code").GetString(), error.GetProperty("message").GetString());
    }

    /// <summary>Runs the attack while two others chat before, and after it; nothing above Warning may be in the log.</summary>
    private static async Task Undisturbed(Wire wire, Func<ChatServer, Func<Task<RawSocket>>, Task> attack)
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob", Wire.MessagePack);
        await ann.Send(FirstRooms.General, "before");
        await bob.Hears<Message>(message => message.Text == "before");

        var token = (await server.SignIn("Eve")).AccessToken;
        await attack(server, () => RawSocket.Open(server, wire, token));

        await ann.Send(FirstRooms.General, "after");
        await bob.Hears<Message>(message => message.Text == "after");
        ann.Connection.State.Should().Be(Microsoft.AspNetCore.SignalR.Client.HubConnectionState.Connected);
        server.Logs.At(LogLevel.Error).Should().BeEmpty();
    }
}
