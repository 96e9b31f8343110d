using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chat.Client;
using Chat.Contracts;
using Chat.Hub;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Embedding;

/// <summary>Chat inside somebody else's application, below a prefix, beside its own sign-in and its own hub.</summary>
public sealed class EmbeddingTests
{
    [Fact]
    public async Task People_chat_below_a_prefix_while_the_application_keeps_its_own_ways()
    {
        await using var server = await StartApp();
        var address = new Uri(server.Address, "/team");
        using var http = new HttpClient();
        var signIn = new ChatSignIn(http, address);
        await using var ann = await Client(address, await signIn.AsGuestAsync("Ann"));
        await using var bob = await Client(address, await signIn.CreateAccountAsync("Bob", "correct horse"));

        var heard = new TaskCompletionSource<Message>();
        ann.FindRoom(FirstRooms.General)!.MessageChanged += (_, message) =>
        {
            if (message.Text == "hello below a prefix") heard.TrySetResult(message);
        };
        await bob.SendMessageAsync(FirstRooms.General, "hello below a prefix");
        (await heard.Task.WaitAsync(TimeSpan.FromSeconds(10))).AuthorName.Should().Be("Bob");

        (await http.GetStringAsync(new Uri(server.Address, "/team/health/ready"))).Should().Be("ready");
        (await http.GetStringAsync(new Uri(server.Address, "/team/"))).Should().Contain("<html");
    }

    [Fact]
    public async Task The_applications_scheme_is_the_default_and_a_chat_token_opens_nothing_of_it()
    {
        await using var server = await StartApp();
        using var http = new HttpClient { BaseAddress = server.Address };
        (await http.GetAsync("/mine")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        http.DefaultRequestHeaders.Add("X-App-User", "owner");
        (await http.GetStringAsync("/mine")).Should().Be("owner");

        var chat = await new ChatSignIn(http, new Uri(server.Address, "/team")).AsGuestAsync("Ann");
        using var stranger = new HttpClient { BaseAddress = server.Address };
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", chat.AccessToken);
        (await stranger.GetAsync("/mine")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await http.PostAsync("/team/hubs/chat/negotiate?negotiateVersion=1", null)).StatusCode
            .Should().Be(HttpStatusCode.Unauthorized, "the application's sign-in is not Chat's");
    }

    [Fact]
    public async Task The_applications_own_hub_keeps_its_own_JSON()
    {
        await using var server = await StartApp();
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server.Address, "/own"))
            .AddJsonProtocol(options => options.PayloadSerializerOptions.PropertyNamingPolicy = null)
            .Build();
        await connection.StartAsync();
        (await connection.InvokeAsync<JsonElement>("Echo", new { Some_Thing = DayOfWeek.Friday })).GetRawText().Should().Be("""{"Some_Thing":5}""");
    }

    [Fact]
    public void MapChat_without_AddChat_says_what_is_missing()
    {
        var app = WebApplication.CreateBuilder().Build();
        var map = () => app.MapChat();
        map.Should().Throw<InvalidOperationException>().WithMessage("*AddChat*");
    }

    [Theory]
    [InlineData("Chat:Rooms:MessageTextBytes", "0", "Chat:Rooms:MessageTextBytes")]
    [InlineData("Chat:Delivery:KeepAliveSeconds", "0", "Chat:Delivery:KeepAliveSeconds")]
    [InlineData("Chat:SignIn:SigningKey", "short", "Chat:SignIn:SigningKey")]
    [InlineData("Chat:Proxies", "nginx", "Chat:Proxies")]
    [InlineData("Chat:SignIn:External:Authority", "https://login.example", "Chat:SignIn:External:Audience")]
    public async Task A_setting_out_of_its_range_stops_the_start_and_is_named(string key, string value, string named)
    {
        var start = () => ChatServer.Start((key, value));
        (await start.Should().ThrowAsync<Exception>()).WithMessage($"*{named}*");
    }

    [Fact]
    public async Task Origins_that_Chat_allows_are_allowed_nothing_of_the_application_and_its_own_policy_stays()
    {
        const string Chats = "https://chats.example", Apps = "https://apps.example";
        await using var server = await StartApp(("Chat:AllowedOrigins", Chats));
        using var http = new HttpClient { BaseAddress = server.Address };

        (await Allowed("/team/api/info", HttpMethod.Get, Chats)).Should().Be(Chats);
        (await Allowed("/team/hubs/chat/negotiate", HttpMethod.Options, Chats)).Should().Be(Chats);
        (await Allowed($"/team/api/rooms/{FirstRooms.General}/messages", HttpMethod.Options, Chats)).Should().Be(Chats);
        (await Allowed("/team/chat-client.js", HttpMethod.Get, Chats)).Should().Be(Chats);
        (await Allowed("/team/api/info", HttpMethod.Get, Apps)).Should().BeNull();

        (await Allowed("/open", HttpMethod.Get, Chats)).Should().BeNull();
        (await Allowed("/open", HttpMethod.Options, Chats)).Should().BeNull();
        (await Allowed("/open", HttpMethod.Options, Apps)).Should().Be(Apps);

        async Task<string?> Allowed(string path, HttpMethod method, string origin)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Add("Origin", origin);
            if (method == HttpMethod.Options) request.Headers.Add("Access-Control-Request-Method", "POST");
            using var response = await http.SendAsync(request);
            return response.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed.Single() : null;
        }
    }

    private static Task<ChatServer> StartApp(params (string Key, string Value)[] settings) => ChatServer.Start(
        new TemporaryFolder(), true,
        builder =>
        {
            builder.Services.AddAuthentication("App").AddScheme<AuthenticationSchemeOptions, AppScheme>("App", null);
            builder.Services.AddSignalR().AddJsonProtocol(options => options.PayloadSerializerOptions.PropertyNamingPolicy = null);
        },
        app =>
        {
            app.UseCors();
            app.MapMethods("/open", ["GET", "POST"], () => "open").RequireCors(policy => policy.WithOrigins("https://apps.example").AllowAnyMethod());
            app.MapGet("/mine", (ClaimsPrincipal user) => user.Identity!.Name).RequireAuthorization();
            app.MapHub<OwnHub>("/own");
            app.MapChat("/team");
        },
        settings);

    private static async Task<ChatClient> Client(Uri address, SignedIn signedIn)
    {
        var client = new ChatClient(new ChatClientOptions { Server = address, AccessToken = _ => Task.FromResult<string?>(signedIn.AccessToken) });
        await client.StartAsync();
        return client;
    }

    private sealed class OwnHub : Microsoft.AspNetCore.SignalR.Hub
    {
        public Thing Echo(Thing thing) => Context.ConnectionAborted.IsCancellationRequested ? new Thing(default) : thing;
    }

    public sealed record Thing(DayOfWeek Some_Thing);

    private sealed class AppScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers["X-App-User"] is [{ } name]
                ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "App")), "App"))
                : AuthenticateResult.NoResult());
    }
}
