using Chat.Client;
using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Chat.Tests.Client;

public sealed class KeptSignInTests
{
    [Fact]
    public async Task A_client_goes_on_when_its_access_token_has_run_out_whatever_its_own_clock_says()
    {
        await using var server = await ChatServer.Start();
        using var http = new HttpClient();
        var signIn = new ChatSignIn(http, server.Address);
        SignedIn? stored = null;
        var first = await signIn.AsGuestAsync("Ann");
        using var kept = new KeptSignIn(signIn, first, (next, _) =>
        {
            stored = next;
            return Task.CompletedTask;
        });
        await using var ann = new ChatClient(new ChatClientOptions { Server = server.Address, SignIn = kept });
        await ann.StartAsync();
        stored.Should().BeNull("the token is new");

        Pass(server, TimeSpan.FromMinutes(20));
        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ann.StatusChanged += (_, status) =>
        {
            if (status.State is ChatState.Connected) back.TrySetResult();
        };
        var connections = server.App.Services.GetRequiredService<Connections>();
        foreach (var id in connections.Ids) await connections.Close(id, CloseCode.Draining);
        await back.Task.WaitAsync(TimeSpan.FromSeconds(10));
        (await ann.SendMessageAsync(FirstRooms.General, "still me")).AuthorName.Should().Be("Ann");
        stored!.SessionId.Should().Be(first.SessionId);
        kept.Current.Should().Be(stored);
    }

    [Fact]
    public async Task It_is_renewed_near_the_end_of_the_token_and_once_for_many_who_ask()
    {
        await using var server = await ChatServer.Start();
        using var http = new HttpClient();
        var signIn = new ChatSignIn(http, server.Address);
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var renewals = 0;
        using var kept = new KeptSignIn(signIn, await signIn.AsGuestAsync("Ann"), (_, _) => Task.FromResult(Interlocked.Increment(ref renewals)), clock);
        var first = await kept.AccessTokenAsync();
        Pass(server, TimeSpan.FromMinutes(13));
        clock.Advance(TimeSpan.FromMinutes(13));
        (await kept.AccessTokenAsync()).Should().Be(first);
        Pass(server, TimeSpan.FromMinutes(1.5));
        clock.Advance(TimeSpan.FromMinutes(1.5));
        var next = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => kept.AccessTokenAsync()));
        next.Should().OnlyContain(token => token == kept.Current.AccessToken && token != first);
        renewals.Should().Be(1);
    }

    [Fact]
    public async Task A_kept_token_is_good_for_a_little_longer_when_the_server_is_away()
    {
        var server = await ChatServer.Start();
        using var http = new HttpClient();
        var signIn = new ChatSignIn(http, server.Address);
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var kept = new KeptSignIn(signIn, await signIn.AsGuestAsync("Ann"), time: clock);
        var first = await kept.AccessTokenAsync();
        await server.DisposeAsync();
        clock.Advance(TimeSpan.FromMinutes(14.5));
        (await kept.AccessTokenAsync()).Should().Be(first);
        clock.Advance(TimeSpan.FromMinutes(1));
        var ask = () => kept.AccessTokenAsync();
        await ask.Should().ThrowAsync<HttpRequestException>();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task A_wrong_clock_costs_one_renewal_and_not_one_for_each_who_asks(int hoursAhead)
    {
        await using var server = await ChatServer.Start();
        using var http = new HttpClient();
        var signIn = new ChatSignIn(http, server.Address);
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(hoursAhead));
        var renewals = 0;
        using var kept = new KeptSignIn(signIn, await signIn.AsGuestAsync("Ann"), (_, _) => Task.FromResult(Interlocked.Increment(ref renewals)), clock);
        await using var ann = new ChatClient(new ChatClientOptions { Server = server.Address, SignIn = kept });
        Pass(server, TimeSpan.FromMinutes(20));
        clock.Advance(TimeSpan.FromMinutes(20));
        await ann.StartAsync().WaitAsync(TimeSpan.FromSeconds(10));
        await ann.StopAsync();
        for (var i = 0; i < 3; i++) await kept.AccessTokenAsync();
        renewals.Should().Be(1);
    }

    [Fact]
    public async Task A_renewal_that_could_not_be_kept_is_kept_later_and_not_asked_for_again()
    {
        await using var server = await ChatServer.Start();
        using var http = new HttpClient();
        var signIn = new ChatSignIn(http, server.Address);
        var isFull = true;
        SignedIn? stored = null;
        using var kept = new KeptSignIn(signIn, await signIn.AsGuestAsync("Ann"), (next, _) =>
        {
            if (isFull) throw new IOException("The disk is full.");
            stored = next;
            return Task.CompletedTask;
        });
        kept.Distrust();
        var ask = () => kept.AccessTokenAsync();
        await ask.Should().ThrowAsync<IOException>();
        Pass(server, TimeSpan.FromMinutes(1));
        isFull = false;
        (await ask()).Should().Be(stored!.AccessToken, "to ask once more with the token before would end the session by now");
        kept.Distrust();
        await ask();
    }

    [Fact]
    public async Task Files_go_with_the_token_of_the_kept_sign_in_too()
    {
        await using var server = await ChatServer.Start();
        using var http = new HttpClient();
        var signIn = new ChatSignIn(http, server.Address);
        using var kept = new KeptSignIn(signIn, await signIn.AsGuestAsync("Ann"));
        await using var ann = new ChatClient(new ChatClientOptions { Server = server.Address, SignIn = kept });
        await ann.StartAsync().WaitAsync(TimeSpan.FromSeconds(10));
        using var file = new MemoryStream("hello"u8.ToArray());
        var attachment = await ann.UploadAsync(FirstRooms.General, file, "hello.txt");
        await using var again = await ann.DownloadAsync(attachment.Id);
        using var reader = new StreamReader(again);
        (await reader.ReadToEndAsync()).Should().Be("hello");
    }

    [Fact]
    public async Task Sessions_are_listed_revoked_and_hold_data_and_a_revoked_client_is_signed_out()
    {
        await using var server = await ChatServer.Start();
        using var http = new HttpClient();
        var signIn = new ChatSignIn(http, server.Address);
        using var keptPhone = new KeptSignIn(signIn, await signIn.CreateAccountAsync("Ann", "correct horse"));
        using var keptDesk = new KeptSignIn(signIn, await signIn.WithPasswordAsync("Ann", "correct horse"));
        await using var phone = new ChatClient(new ChatClientOptions { Server = server.Address, SignIn = keptPhone, ClientName = "phone" });
        await using var desk = new ChatClient(new ChatClientOptions { Server = server.Address, SignIn = keptDesk, Protocol = ChatProtocol.MessagePack, ClientName = "desk" });
        await phone.StartAsync();
        await desk.StartAsync();
        (await phone.ListSessionsAsync()).Select(session => (session.Client, session.IsCurrent)).Should().BeEquivalentTo([("phone", true), ("desk", false)]);
        await phone.SetSessionDataAsync(new Dictionary<string, string> { ["theme"] = "dark" });
        (await phone.GetSessionDataAsync(["theme"])).Should().Equal(new Dictionary<string, string> { ["theme"] = "dark" });
        (await phone.SetStatusTextAsync("at lunch", TimeSpan.FromMinutes(30))).Text.Should().Be("at lunch");
        (await phone.FindPeopleAsync(new FindPeople { Name = "a" })).Presence.Should().ContainSingle().Which.Text.Should().Be("at lunch");

        var told = new TaskCompletionSource<SessionRevoked>(TaskCreationOptions.RunContinuationsAsynchronously);
        var signedOut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        phone.SessionRevoked += (_, revoked) => told.TrySetResult(revoked);
        desk.StatusChanged += (_, status) =>
        {
            if (status.State is ChatState.SignedOut) signedOut.TrySetResult();
        };
        await phone.RevokeSessionAsync(keptDesk.Current.SessionId);
        (await told.Task.WaitAsync(TimeSpan.FromSeconds(5))).SessionId.Should().Be(keptDesk.Current.SessionId);
        await signedOut.Task.WaitAsync(TimeSpan.FromSeconds(5));

        await phone.SignOutAsync();
        phone.Status.State.Should().Be(ChatState.Offline);
        var renew = () => signIn.RenewAsync(keptPhone.Current.RefreshToken);
        (await renew.Should().ThrowAsync<ChatException>()).Which.Code.Should().Be(ErrorCode.Unauthenticated);
    }

    private static void Pass(ChatServer server, TimeSpan time)
    {
        var clock = server.App.Services.GetRequiredService<ChatClock>();
        clock.Agree(clock.Now + time, TimeProvider.System.GetTimestamp());
    }
}
