using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Integrations;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Tests.Integrations;

public sealed class BotTests
{
    [Fact]
    public void Every_method_of_the_hub_has_a_scope_or_is_said_to_need_none() =>
        typeof(IChatHub).GetMethods().Select(method => method.Name).Should().OnlyContain(method => HubScopes.Knows(method));

    [Fact]
    public async Task An_administrator_makes_a_bot_which_signs_in_and_is_a_member_like_others()
    {
        await using var server = await ChatServer.Start();
        using var admin = await Admin(server);
        var made = await Make(admin, "Robot", BotScope.Read, BotScope.Write);
        made.Bot.Should().Match<Bot>(bot => bot.User.Name == "Robot" && bot.User.Kind == UserKind.Bot);
        (await Ask<BotList>(admin, HttpMethod.Get, ChatPaths.Bots)).Result!.Bots.Should().ContainSingle().Which.Should().BeEquivalentTo(made.Bot);

        await using var ann = await server.Enter("Ann");
        await using var bot = new Guest(server.Address, await SignIn(server, made.Token), Wire.Json);
        await bot.Start();
        (await ann.Hears<Member>(member => member.UserId == made.Bot.User.Id)).UserKind.Should().Be(UserKind.Bot);
        await bot.Send(FirstRooms.General, "beep");
        (await ann.Hears<Message>(message => message.Text == "beep")).AuthorName.Should().Be("Robot");
    }

    [Fact]
    public async Task A_bot_can_do_what_its_scopes_say_and_no_more()
    {
        await using var server = await ChatServer.Start();
        using var admin = await Admin(server);
        var signedIn = await SignIn(server, (await Make(admin, "Reader", BotScope.Read)).Token);
        await using var bot = new Guest(server.Address, signedIn, Wire.MessagePack);
        await bot.Start();
        (await bot.Call<Reply<History>>("GetHistory", new GetHistory { RoomId = FirstRooms.General })).Error.Should().BeNull();
        (await bot.Call<Reply<Message>>("SendMessage", new SendMessage { RoomId = FirstRooms.General, ClientMessageId = Guid.NewGuid(), Text = "hi" })).Error!.Code.Should().Be(ErrorCode.Forbidden);
        (await bot.Call<Reply<RoomEntry>>("CreateRoom", new CreateRoom { RoomId = Guid.NewGuid(), Name = "mine" })).Error!.Code.Should().Be(ErrorCode.Forbidden);

        using var http = Http(server, signedIn);
        (await Ask<History>(http, HttpMethod.Get, Messages)).Error.Should().BeNull();
        (await Ask<Message>(http, HttpMethod.Post, Messages, new PostByHttp { Text = "hi" })).Error!.Code.Should().Be(ErrorCode.Forbidden);
        (await Ask<BotList>(http, HttpMethod.Get, ChatPaths.Bots)).Error!.Code.Should().Be(ErrorCode.Forbidden);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_revoked_token_opens_nothing_and_what_it_opened_is_closed(bool isEnded)
    {
        await using var server = await ChatServer.Start();
        using var admin = await Admin(server);
        var made = await Make(admin, "Robot", BotScope.Read, BotScope.Write);
        var signedIn = await SignIn(server, made.Token);
        await using var bot = new Guest(server.Address, signedIn, Wire.Json);
        await bot.Start();
        using var http = Http(server, signedIn);
        (await Ask<RoomPage>(http, HttpMethod.Get, ChatPaths.Rooms)).Error.Should().BeNull();

        var path = (isEnded ? ChatPaths.Bot : ChatPaths.BotToken).Replace("{botId}", made.Bot.User.Id.ToString());
        var next = isEnded ? null : (await Ask<BotToken>(admin, HttpMethod.Post, path)).Result;
        if (isEnded) (await Ask<Bot>(admin, HttpMethod.Delete, path)).Error.Should().BeNull();

        (await bot.Hears<Closing>(closing => closing.Code == CloseCode.SessionRevoked)).Reconnect.Should().Be(ReconnectAdvice.AfterSignIn);
        await Waiting.Until(() => Task.FromResult(bot.Connection.State == HubConnectionState.Disconnected));
        (await Ask<RoomPage>(http, HttpMethod.Get, ChatPaths.Rooms)).Error!.Code.Should().Be(ErrorCode.Unauthenticated);
        await using var again = Guest.Build(server.Address, signedIn.AccessToken, Wire.Json);
        (await again.Invoking(connection => connection.StartAsync()).Should().ThrowAsync<HttpRequestException>()).Which.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await Ask<SignedIn>(http, HttpMethod.Post, ChatPaths.BotSignIn, new BotSignIn { Token = made.Token })).Error!.Code.Should().Be(ErrorCode.Unauthenticated);
        if (next is not null) (await SignIn(server, next.Token)).User.Should().BeEquivalentTo(made.Bot.User);
    }

    [Fact]
    public async Task Only_administrators_make_bots()
    {
        await using var server = await ChatServer.Start();
        using var admin = await Admin(server);
        using var guest = Http(server, await server.SignIn("Ann"));
        (await Ask<BotToken>(guest, HttpMethod.Post, ChatPaths.Bots, new CreateBot { Name = "Robot", Scopes = [BotScope.Read] })).Error!.Code.Should().Be(ErrorCode.Forbidden);
        (await Ask<BotToken>(admin, HttpMethod.Post, ChatPaths.Bots, new CreateBot { Name = "Ann", Scopes = [BotScope.Read] })).Error!.Code.Should().Be(ErrorCode.NameTaken);
        (await Ask<BotToken>(admin, HttpMethod.Post, ChatPaths.Bots, new CreateBot { Name = "Robot", Scopes = [] })).Error!.Code.Should().Be(ErrorCode.Invalid);
        using var nobody = new HttpClient { BaseAddress = server.Address };
        (await nobody.GetAsync(ChatPaths.Bots)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        foreach (var token in (string[])["", "chatbot_", $"chatbot_{Guid.NewGuid():N}_secret", "chatbot_x_y"])
            (await Ask<SignedIn>(nobody, HttpMethod.Post, ChatPaths.BotSignIn, new BotSignIn { Token = token })).Error!.Code.Should().Be(ErrorCode.Unauthenticated);
    }

    internal static string Messages { get; } = ChatPaths.RoomMessages.Replace("{roomId}", FirstRooms.General.ToString());

    internal static async Task<HttpClient> Admin(ChatServer server)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        return Http(server, (await Ask<SignedIn>(http, HttpMethod.Post, ChatPaths.Accounts, new CreateAccount { Name = "Root", Password = "correct horse" })).Result!);
    }

    internal static HttpClient Http(ChatServer server, SignedIn signedIn)
    {
        var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signedIn.AccessToken);
        return http;
    }

    internal static async Task<Reply<T>> Ask<T>(HttpClient http, HttpMethod method, string path, object? body = null, string? key = null) where T : class
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: ChatJson.Options);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await http.SendAsync(request);
        return (await response.Content.ReadFromJsonAsync<Reply<T>>(ChatJson.Options))!;
    }

    private static async Task<BotToken> Make(HttpClient admin, string name, params BotScope[] scopes) =>
        (await Ask<BotToken>(admin, HttpMethod.Post, ChatPaths.Bots, new CreateBot { Name = name, Scopes = scopes })).Result!;

    private static async Task<SignedIn> SignIn(ChatServer server, string token)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        return (await Ask<SignedIn>(http, HttpMethod.Post, ChatPaths.BotSignIn, new BotSignIn { Token = token })).Result!;
    }
}
