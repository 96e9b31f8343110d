using System.Net;
using Chat.Client;
using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Hub.SignIn;
using Chat.Hub.Storage;
using Chat.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Hubs;

public sealed class SessionTests
{
    [Fact]
    public async Task Each_renewal_gives_the_next_refresh_token_and_the_session_stays()
    {
        await using var server = await ChatServer.Start();
        var first = await server.SignIn("Ann");
        var second = await Renew(server, first.RefreshToken);
        var third = await Renew(server, second.RefreshToken);
        new[] { first.RefreshToken, second.RefreshToken, third.RefreshToken }.Should().OnlyHaveUniqueItems();
        third.SessionId.Should().Be(first.SessionId);
        (await Statuses(server, first, second, third)).Should().Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], "access tokens are good until they run out");
    }

    [Theory]
    [InlineData("")]
    [InlineData("rubbish")]
    [InlineData("a b")]
    public async Task What_the_server_did_not_make_renews_nothing_and_ends_nothing(string token)
    {
        await using var server = await ChatServer.Start();
        var ann = await server.SignIn("Ann");
        (await Refusal(server, token)).Should().Be(ErrorCode.Unauthenticated);
        // The right session with another secret: who knows the session's id must not be able to end it.
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(ann.RefreshToken);
        bytes[20] ^= 1;
        (await Refusal(server, System.Buffers.Text.Base64Url.EncodeToString(bytes))).Should().Be(ErrorCode.Unauthenticated);
        await Renew(server, ann.RefreshToken);
    }

    [Fact]
    public async Task A_refresh_token_that_was_used_before_ends_the_session_for_both_who_have_it()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        var second = await Renew(server, ann.SignedIn.RefreshToken);
        var third = await Renew(server, second.RefreshToken);

        (await Refusal(server, ann.SignedIn.RefreshToken)).Should().Be(ErrorCode.Unauthenticated);
        await ann.Hears<Closing>(closing => closing.Code == CloseCode.SessionRevoked);
        (await Refusal(server, third.RefreshToken)).Should().Be(ErrorCode.Unauthenticated);
        (await Statuses(server, ann.SignedIn, third)).Should().AllBeEquivalentTo(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_lost_answer_is_given_again_for_half_a_minute()
    {
        await using var server = await ChatServer.Start();
        var first = await server.SignIn("Ann");
        var lost = await Renew(server, first.RefreshToken);
        Pass(server, TimeSpan.FromSeconds(29));
        var again = await Renew(server, first.RefreshToken);
        again.RefreshToken.Should().Be(lost.RefreshToken);
        await Renew(server, again.RefreshToken);
    }

    [Fact]
    public async Task After_half_a_minute_the_token_before_counts_as_stolen()
    {
        await using var server = await ChatServer.Start();
        var first = await server.SignIn("Ann");
        var second = await Renew(server, first.RefreshToken);
        Pass(server, TimeSpan.FromSeconds(31));
        (await Refusal(server, first.RefreshToken)).Should().Be(ErrorCode.Unauthenticated);
        (await Refusal(server, second.RefreshToken)).Should().Be(ErrorCode.Unauthenticated);
    }

    [Fact]
    public async Task A_lost_answer_is_not_given_again_once_the_next_token_was_used()
    {
        await using var server = await ChatServer.Start();
        var first = await server.SignIn("Ann");
        var second = await Renew(server, first.RefreshToken);
        var third = await Renew(server, second.RefreshToken);
        (await Refusal(server, first.RefreshToken)).Should().Be(ErrorCode.Unauthenticated);
        (await Refusal(server, third.RefreshToken)).Should().Be(ErrorCode.Unauthenticated, "two have a token of this session");
    }

    [Fact]
    public async Task Many_renewals_at_once_are_one()
    {
        await using var server = await ChatServer.Start();
        var first = await server.SignIn("Ann");
        var renewed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Renew(server, first.RefreshToken)));
        var next = renewed.Select(signedIn => signedIn.RefreshToken).Distinct().Should().ContainSingle().Subject;
        await Renew(server, next);
    }

    [Fact]
    public async Task A_connection_outlives_its_access_token()
    {
        await using var server = await ChatServer.Start(("Chat:SignIn:TokenMinutes", "1"));
        await using var ann = await server.Enter("Ann");
        Pass(server, TimeSpan.FromMinutes(2));
        (await Statuses(server, ann.SignedIn)).Should().Equal(HttpStatusCode.Unauthorized);
        (await ann.Send(FirstRooms.General, "still here")).AuthorName.Should().Be("Ann");
        var renewed = await Renew(server, ann.SignedIn.RefreshToken);
        (await Statuses(server, renewed)).Should().Equal(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_ends_a_day_after_its_last_use_and_an_open_connection_is_a_use()
    {
        await using var server = await ChatServer.Start(("Chat:SignIn:TokenMinutes", "100000"));
        await using var ann = await server.Enter("Ann");
        var bob = await server.SignIn("Bob");
        Pass(server, TimeSpan.FromHours(23));
        await Keeper(server).Look(default);
        (await Statuses(server, ann.SignedIn)).Should().Equal(HttpStatusCode.OK);

        Pass(server, TimeSpan.FromHours(2));
        (await Statuses(server, bob)).Should().Equal([HttpStatusCode.Unauthorized], "nobody used it for 25 hours");
        (await Refusal(server, bob.RefreshToken)).Should().Be(ErrorCode.Unauthenticated);
        (await Statuses(server, ann.SignedIn)).Should().Equal(HttpStatusCode.OK);
        await Renew(server, ann.SignedIn.RefreshToken);

        await Keeper(server).Look(default);
        var store = server.App.Services.GetRequiredService<ISessionStore>();
        (await store.FindSession(bob.SessionId, default)).Should().BeNull("it is collected");
        (await store.FindSession(ann.SignedIn.SessionId, default)).Should().NotBeNull();
    }

    [Fact]
    public async Task The_list_tells_devices_and_addresses_the_one_used_last_first()
    {
        await using var server = await ChatServer.Start();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Telephone/1.0");
        var phone = await new ChatSignIn(http, server.Address).CreateAccountAsync("Ann", "correct horse");
        Pass(server, TimeSpan.FromMinutes(5));
        var desk = await new ChatSignIn(http, server.Address).WithPasswordAsync("Ann", "correct horse");
        await using var ann = new Guest(server.Address, desk, Wire.Json);
        await ann.Start(new Connect { ContractVersion = ChatContract.Version, Client = "A desk 2.0" });
        ann.Connected.SessionId.Should().Be(desk.SessionId);

        var listed = (await ann.Call<Reply<SessionList>>("ListSessions", new ListSessions())).Result!.Sessions;
        listed.Select(session => (session.Id, session.Client, session.Address, session.IsCurrent))
            .Should().Equal((desk.SessionId, "A desk 2.0", "127.0.0.1", true), (phone.SessionId, "Telephone/1.0", "127.0.0.1", false));
        listed[0].CreatedAt.Should().BeAfter(listed[1].CreatedAt);
        (await ann.Call<Reply<SessionList>>("ListSessions", new ListSessions { Limit = 0 })).Error!.Code.Should().Be(ErrorCode.Invalid);
    }

    [Fact]
    public async Task Revoking_a_session_ends_its_connections_and_tokens_at_once_and_tells_the_other_devices()
    {
        await using var server = await ChatServer.Start();
        var (phone, desk) = await TwoDevices(server);
        await using var here = phone;
        await using var there = desk;
        (await phone.Call<Reply>("RevokeSessions", new RevokeSessions { SessionId = desk.SignedIn.SessionId })).Error.Should().BeNull();

        (await Statuses(server, desk.SignedIn, phone.SignedIn)).Should().Equal(HttpStatusCode.Unauthorized, HttpStatusCode.OK);
        (await Refusal(server, desk.SignedIn.RefreshToken)).Should().Be(ErrorCode.Unauthenticated);
        await desk.Hears<Closing>(closing => closing is { Code: CloseCode.SessionRevoked, Reconnect: ReconnectAdvice.AfterSignIn });
        await phone.Hears<SessionRevoked>(revoked => revoked.SessionId == desk.SignedIn.SessionId);
        await Waiting.Until(() => Task.FromResult(desk.Connection.State == Microsoft.AspNetCore.SignalR.Client.HubConnectionState.Disconnected));
        phone.Heard<Closing>().Should().BeEmpty();
        (await phone.Send(FirstRooms.General, "I stay")).Text.Should().Be("I stay");

        (await phone.Call<Reply>("RevokeSessions", new RevokeSessions { SessionId = desk.SignedIn.SessionId })).Error.Should().BeNull("a repeat is no mistake");
        (await phone.Call<Reply>("RevokeSessions", new RevokeSessions { SessionId = (await server.SignIn("Eve")).SessionId })).Error!.Code.Should().Be(ErrorCode.NotFound, "it is not hers");
    }

    [Fact]
    public async Task A_connection_of_a_revoked_session_can_do_nothing_more_until_it_is_closed()
    {
        await using var server = await ChatServer.Start();
        var (phone, desk) = await TwoDevices(server);
        await using var here = phone;
        await using var there = desk;
        await phone.Call<Reply>("RevokeSessions", new RevokeSessions { SessionId = desk.SignedIn.SessionId });
        (await desk.Call<Reply<Message>>("SendMessage", new SendMessage { RoomId = FirstRooms.General, Text = "too late", ClientMessageId = Guid.NewGuid() }))
            .Error!.Code.Should().Be(ErrorCode.Unauthenticated);
    }

    [Fact]
    public async Task All_other_sessions_are_revoked_at_once_and_ones_own_is_signing_out()
    {
        await using var server = await ChatServer.Start();
        var (phone, desk) = await TwoDevices(server);
        await using var here = phone;
        await using var there = desk;
        (await phone.Call<Reply>("RevokeSessions", new RevokeSessions())).Error.Should().BeNull();
        await desk.Hears<Closing>(closing => closing.Code == CloseCode.SessionRevoked);
        (await phone.Call<Reply<SessionList>>("ListSessions", new ListSessions())).Result!.Sessions.Should().ContainSingle().Which.IsCurrent.Should().BeTrue();

        (await phone.Call<Reply>("RevokeSessions", new RevokeSessions { SessionId = phone.SignedIn.SessionId })).Error.Should().BeNull();
        await phone.Hears<Closing>(closing => closing.Code == CloseCode.SessionRevoked);
        (await Refusal(server, phone.SignedIn.RefreshToken)).Should().Be(ErrorCode.Unauthenticated);
    }

    [Fact]
    public async Task A_session_that_ended_without_a_word_is_found_within_the_minute()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        // As if the order to close had been lost.
        await server.App.Services.GetRequiredService<ISessionStore>().RevokeSessions(ann.User.Id, ann.SignedIn.SessionId, null, DateTimeOffset.UtcNow, default);
        ann.Connection.State.Should().Be(Microsoft.AspNetCore.SignalR.Client.HubConnectionState.Connected);
        await Keeper(server).Look(default);
        await ann.Hears<Closing>(closing => closing.Code == CloseCode.SessionRevoked);
    }

    [Fact]
    public async Task A_session_holds_a_little_data_of_its_own()
    {
        await using var server = await ChatServer.Start();
        var (phone, desk) = await TwoDevices(server);
        await using var here = phone;
        await using var there = desk;
        (await Put(phone, ("theme", "dark"), ("draft \0", "你好\n"))).Result!.Entries.Should().HaveCount(2);
        (await Put(phone, ("theme", ""), ("size", "12"))).Result!.Entries.Select(entry => (entry.Key, entry.Value)).Should().Equal(("draft \0", "你好\n"), ("size", "12"));
        (await phone.Call<Reply<SessionData>>("GetSessionData", new GetSessionData { Keys = ["size"] })).Result!.Entries.Should().ContainSingle().Which.Value.Should().Be("12");
        (await desk.Call<Reply<SessionData>>("GetSessionData", new GetSessionData())).Result!.Entries.Should().BeEmpty("each session has its own");

        (await Put(phone, ("big", new string('x', 4096)))).Error!.Code.Should().Be(ErrorCode.TooLarge);
        (await Put(phone, [.. Enumerable.Range(0, 50).Select(i => ($"key {i}", "v"))])).Error!.Code.Should().Be(ErrorCode.TooLarge, "with the two there it would be 52");
        (await Put(phone, ("", "v"))).Error!.Code.Should().Be(ErrorCode.Invalid);
        (await Put(phone, (new string('k', 101), "v"))).Error!.Code.Should().Be(ErrorCode.Invalid);
        (await Put(phone, ("twice", "1"), ("twice", "2"))).Error!.Code.Should().Be(ErrorCode.Invalid);
        (await phone.Call<Reply<SessionData>>("GetSessionData", new GetSessionData())).Result!.Entries.Should().HaveCount(2, "what was refused changed nothing");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Put(phone, ($"at once {i}", "v"))));
        (await phone.Call<Reply<SessionData>>("GetSessionData", new GetSessionData())).Result!.Entries.Should().HaveCount(22, "two at once do not undo each other");
    }

    private static Task<Reply<SessionData>> Put(Guest guest, params (string Key, string Value)[] entries) => guest.Call<Reply<SessionData>>(
        "SetSessionData", new SetSessionData { Entries = [.. entries.Select(entry => new SessionEntry { Key = entry.Key, Value = entry.Value })] });

    private static async Task<(Guest Phone, Guest Desk)> TwoDevices(ChatServer server)
    {
        using var http = new HttpClient();
        var signIn = new ChatSignIn(http, server.Address);
        var phone = new Guest(server.Address, await signIn.CreateAccountAsync("Ann", "correct horse"), Wire.Json);
        await phone.Start();
        var desk = new Guest(server.Address, await signIn.WithPasswordAsync("Ann", "correct horse"), Wire.MessagePack);
        await desk.Start();
        return (phone, desk);
    }

    private static SessionKeeper Keeper(ChatServer server) => server.App.Services.GetRequiredService<SessionKeeper>();

    private static void Pass(ChatServer server, TimeSpan time)
    {
        var clock = server.App.Services.GetRequiredService<ChatClock>();
        clock.Agree(clock.Now + time, TimeProvider.System.GetTimestamp());
    }

    private static async Task<SignedIn> Renew(ChatServer server, string token)
    {
        using var http = new HttpClient();
        return await new ChatSignIn(http, server.Address).RenewAsync(token);
    }

    private static async Task<ErrorCode> Refusal(ChatServer server, string token)
    {
        var renew = () => Renew(server, token);
        return (await renew.Should().ThrowAsync<ChatException>()).Which.Code;
    }

    private static async Task<IReadOnlyList<HttpStatusCode>> Statuses(ChatServer server, params SignedIn[] signIns)
    {
        var statuses = new List<HttpStatusCode>();
        foreach (var signedIn in signIns)
        {
            using var http = new HttpClient { BaseAddress = server.Address };
            http.DefaultRequestHeaders.Authorization = new("Bearer", signedIn.AccessToken);
            using var response = await http.PostAsync(ChatPaths.Hub + "/negotiate?negotiateVersion=1", null);
            statuses.Add(response.StatusCode);
        }
        return statuses;
    }
}
