using System.Net;
using System.Text.Json;
using Chat.Client;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;

namespace Chat.Tests.Hubs;

public sealed class SignInTests
{
    [Fact]
    public async Task A_taken_name_gets_a_suffix_whatever_its_case()
    {
        await using var server = await ChatServer.Start();
        (await server.SignIn("Ann")).User.Name.Should().Be("Ann");
        (await server.SignIn("ann")).User.Name.Should().Be("ann 2");
        (await server.SignIn(" ANN ")).User.Name.Should().Be("ANN 3");
    }

    [Fact]
    public async Task The_first_account_administers_the_next_does_not()
    {
        await using var server = await ChatServer.Start();
        using var http = new HttpClient();
        var signIn = new ChatSignIn(http, server.Address);
        await signIn.AsGuestAsync("Guest");
        (await signIn.CreateAccountAsync("Ann", "correct horse")).User.IsAdministrator.Should().BeTrue();
        (await signIn.CreateAccountAsync("Bob", "battery staple")).User.IsAdministrator.Should().BeFalse();
        (await signIn.WithPasswordAsync("ANN", "correct horse")).User.Should().Match<User>(user => user.Name == "Ann" && user.IsAdministrator);
        (await Refused(() => signIn.CreateAccountAsync("ann", "something else"))).Should().Be(ErrorCode.NameTaken);
        (await Refused(() => signIn.CreateAccountAsync("Eve", "short"))).Should().Be(ErrorCode.Invalid);
        (await Refused(() => signIn.WithPasswordAsync("Bob", "correct horse"))).Should().Be(ErrorCode.WrongPassword);
        (await Refused(() => signIn.WithPasswordAsync("Nobody", "correct horse"))).Should().Be(ErrorCode.WrongPassword);
        (await Refused(() => signIn.WithPasswordAsync("Guest", ""))).Should().Be(ErrorCode.WrongPassword, "a guest has no password");
    }

    [Fact]
    public async Task Guessing_a_password_is_slowed_and_the_right_one_must_wait_too()
    {
        await using var server = await ChatServer.Start();
        using var http = new HttpClient();
        var signIn = new ChatSignIn(http, server.Address);
        await signIn.CreateAccountAsync("Ann", "correct horse");
        var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Refused(() => signIn.WithPasswordAsync("Ann", $"guess {i}"))));
        codes.Count(code => code is ErrorCode.WrongPassword).Should().Be(5, "many at once are no way around");
        (await Refused(() => signIn.WithPasswordAsync("ann", "correct horse"))).Should().Be(ErrorCode.RateLimited);
        await signIn.CreateAccountAsync("Bob", "battery staple");
        await signIn.WithPasswordAsync("Bob", "battery staple");
    }

    [Fact]
    public async Task A_brute_force_run_is_slowed_and_the_rightful_user_still_gets_in_from_elsewhere()
    {
        await using var server = await ChatServer.Start();
        using var here = From("127.0.0.1");
        using var there = From("127.0.0.2");
        var attacker = new ChatSignIn(there, server.Address);
        await new ChatSignIn(here, server.Address).CreateAccountAsync("Ann", "correct horse");

        var codes = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Refused(() => attacker.WithPasswordAsync("Ann", $"guess {i}"))));
        codes.Count(code => code is ErrorCode.WrongPassword).Should().Be(5);
        codes.Count(code => code is ErrorCode.RateLimited).Should().Be(55, "the run is slowed to five tries a minute");
        (await Refused(() => attacker.WithPasswordAsync("Ann", "correct horse"))).Should().Be(ErrorCode.RateLimited, "even a right guess is not taken");

        (await new ChatSignIn(here, server.Address).WithPasswordAsync("Ann", "correct horse")).User.Name.Should().Be("Ann", "she is not locked out by it");
    }

    [Fact]
    public async Task Guests_are_let_in_by_default_in_development_only()
    {
        await using var server = await ChatServer.Start(("environment", "Production"));
        using var http = new HttpClient();
        (await Refused(() => new ChatSignIn(http, server.Address).AsGuestAsync("Ann"))).Should().Be(ErrorCode.Forbidden);
        var info = await JsonDocument.ParseAsync(await http.GetStreamAsync(new Uri(server.Address, ChatPaths.Info)));
        info.RootElement.GetProperty("result").GetProperty("guestsAllowed").GetBoolean().Should().BeFalse();
    }

    [Fact]
    public async Task A_token_is_renewed_and_survives_a_restart_on_the_same_folder()
    {
        using var folder = new TemporaryFolder();
        SignedIn first;
        await using (var server = await ChatServer.StartOn(folder))
        {
            using var http = new HttpClient();
            first = await server.SignIn("Ann");
            var renewed = await new ChatSignIn(http, server.Address).RenewAsync(first.RefreshToken);
            renewed.Should().Match<SignedIn>(next => next.User == first.User && next.SessionId == first.SessionId && next.RefreshToken != first.RefreshToken);
            (await Refused(() => new ChatSignIn(http, server.Address).RenewAsync("rubbish"))).Should().Be(ErrorCode.Unauthenticated);
        }
        await using (var server = await ChatServer.StartOn(folder))
        {
            await using var ann = new Guest(server.Address, first, Wire.Json);
            await ann.Start();
            (await ann.Send(FirstRooms.General, "still me")).AuthorName.Should().Be("Ann");
        }
    }

    [Fact]
    public async Task Somebody_of_the_embedding_product_is_the_same_user_each_time()
    {
        var key = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        await using var server = await ChatServer.Start(
            ("Chat:SignIn:External:SigningKey", key), ("Chat:SignIn:External:Issuer", "shop"), ("Chat:SignIn:External:Audience", "chat"));
        using var http = new HttpClient();
        var signIn = new ChatSignIn(http, server.Address);
        string Token(string issuer = "shop", string audience = "chat", string? withKey = null, int minutes = 5) =>
            new Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new Microsoft.IdentityModel.Tokens.SecurityTokenDescriptor
            {
                Issuer = issuer,
                Audience = audience,
                Expires = DateTime.UtcNow.AddMinutes(minutes),
                Claims = new Dictionary<string, object> { ["sub"] = "customer 7", ["name"] = "Ann" },
                SigningCredentials = new(new Microsoft.IdentityModel.Tokens.SymmetricSecurityKey(Convert.FromBase64String(withKey ?? key)), "HS256"),
            });
        await server.SignIn("Ann");

        var first = (await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => signIn.WithExternalTokenAsync(Token())))).DistinctBy(signedIn => signedIn.User.Id).Should().ContainSingle().Subject;
        first.User.Should().Match<User>(user => user.Kind == UserKind.External && user.Name == "Ann 2");
        await using var guest = new Guest(server.Address, first, Wire.Json);
        await guest.Start();
        (await guest.Send(FirstRooms.General, "from the shop")).AuthorName.Should().Be("Ann 2");

        var otherKey = Convert.ToBase64String(new byte[32]);
        foreach (var wrong in (string[])[Token(issuer: "thief"), Token(audience: "other"), Token(withKey: otherKey), Token(minutes: -5), first.AccessToken, "rubbish"])
            (await Refused(() => signIn.WithExternalTokenAsync(wrong))).Should().Be(ErrorCode.Unauthenticated);
    }

    [Fact]
    public async Task No_token_and_no_message_text_gets_into_the_log()
    {
        await using var server = await ChatServer.Start();
        var signedIn = await server.SignIn("Ann");
        await using (var raw = await Hostile.RawSocket.Open(server, Wire.Json, signedIn.AccessToken))
        {
            await raw.Invoke("Connect", "[{\"contractVersion\":1}]");
            await raw.Answer();
        }
        await using var ann = new Guest(server.Address, signedIn, Wire.Json);
        await ann.Start();
        await ann.Send(FirstRooms.General, "a secret between us");
        server.Logs.At(Microsoft.Extensions.Logging.LogLevel.Trace).Should().NotBeEmpty()
            .And.NotContain(line => line.Contains(signedIn.AccessToken) || line.Contains(signedIn.RefreshToken) || line.Contains("a secret between us"));
    }

    [Fact]
    public async Task Connections_above_the_limits_are_turned_away_with_a_retry_time()
    {
        await using var server = await ChatServer.Start(("Chat:Delivery:ConnectionsPerUser", "2"), ("Chat:Delivery:ConnectionsPerNode", "3"));
        await using var one = await server.Enter("Ann");
        await using var two = new Guest(server.Address, one.SignedIn, Wire.Json);
        await two.Start();
        (await Negotiate(server, one.SignedIn)).Should().Be((HttpStatusCode.TooManyRequests, "rate_limited", true));
        using (var sneaking = new System.Net.WebSockets.ClientWebSocket())
        {
            var sneak = () => sneaking.ConnectAsync(new Uri($"ws://{server.Address.Authority}{ChatPaths.Hub}?id=&access_token={one.SignedIn.AccessToken}"), default);
            await sneak.Should().ThrowAsync<System.Net.WebSockets.WebSocketException>("an empty id is none");
        }

        var three = await server.Enter("Bob");
        var eve = await server.SignIn("Eve");
        (await Negotiate(server, eve)).Should().Be((HttpStatusCode.ServiceUnavailable, "unavailable", true));
        await three.DisposeAsync();
        await Waiting.Until(async () => (await Negotiate(server, eve)).Status == HttpStatusCode.OK);
    }

    private static async Task<(HttpStatusCode Status, string? Code, bool RetryAfter)> Negotiate(ChatServer server, SignedIn signedIn)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", signedIn.AccessToken);
        using var response = await http.PostAsync(ChatPaths.Hub + "/negotiate?negotiateVersion=1", null);
        var body = (await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync())).RootElement;
        var code = body.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;
        return (response.StatusCode, code, response.Headers.RetryAfter is not null);
    }

    // Another address of this machine: all of 127.0.0.0/8 is.
    private static HttpClient From(string address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
        },
    });

    private static async Task<ErrorCode> Refused(Func<Task> act) => (await act.Should().ThrowAsync<ChatException>()).Which.Code;
}
