using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Hubs;

public sealed class StatusTextTests
{
    [Fact]
    public async Task What_somebody_says_of_itself_is_seen_everywhere_and_outlives_a_restart()
    {
        using var folder = new TemporaryFolder();
        SignedIn signedIn;
        await using (var server = await ChatServer.StartOn(folder))
        {
            await using var bob = await server.Enter("Bob");
            await using var ann = await server.Enter("Ann");
            signedIn = ann.SignedIn;
            (await Say(ann, "on holiday 🏖️")).Result.Should().BeEquivalentTo(new { UserId = ann.User.Id, Status = PresenceStatus.Online, Text = "on holiday 🏖️", TextUntil = (DateTimeOffset?)null });
            await bob.Hears<PresenceNotice>(notice => notice.User is { Text: "on holiday 🏖️" } user && user.UserId == ann.User.Id);
            (await SeenBy(bob, ann.User)).Text.Should().Be("on holiday 🏖️");
            (await Find(bob, "an")).Presence.Should().ContainSingle().Which.Text.Should().Be("on holiday 🏖️");
            (await ann.Call<Reply<UserPresence>>("SetPresence", new SetPresence { Status = PresenceStatus.Away })).Result!.Text.Should().Be("on holiday 🏖️");
        }
        await using (var server = await ChatServer.StartOn(folder))
        {
            await using var bob = await server.Enter("Bob");
            var before = await SeenBy(bob, signedIn.User);
            before.Should().Match<UserPresence>(seen => seen.Status == PresenceStatus.Offline && seen.Text == "on holiday 🏖️" && seen.LastSeenAt != null);
            await using var ann = new Guest(server.Address, signedIn, Wire.Json);
            await ann.Start();
            await bob.Hears<PresenceNotice>(notice => notice.User is { Status: PresenceStatus.Online, Text: "on holiday 🏖️" });
            (await Say(ann, "")).Result!.Text.Should().BeEmpty();
            await bob.Hears<PresenceNotice>(notice => notice.User is { Status: PresenceStatus.Online, Text: "" } user && user.UserId == ann.User.Id);
        }
    }

    [Fact]
    public async Task A_text_for_a_time_is_taken_back_when_it_is_over()
    {
        await using var server = await ChatServer.Start();
        await using var bob = await server.Enter("Bob");
        await using var ann = await server.Enter("Ann");
        var said = (await Say(ann, "at lunch", 3_600)).Result!;
        said.TextUntil.Should().BeCloseTo(DateTimeOffset.UtcNow.AddHours(1), TimeSpan.FromMinutes(1));
        await bob.Hears<PresenceNotice>(notice => notice.User is { Text: "at lunch", TextUntil: not null });

        var clock = server.App.Services.GetRequiredService<ChatClock>();
        clock.Agree(clock.Now.AddHours(1), TimeProvider.System.GetTimestamp());
        await Waiting.Until(() => Task.FromResult(bob.Heard<PresenceNotice>().Last(notice => notice.User?.UserId == ann.User.Id).User is { Text: "", TextUntil: null }));
        (await SeenBy(bob, ann.User)).Should().Match<UserPresence>(seen => seen.Text == "" && seen.TextUntil == null);
    }

    [Theory]
    [InlineData("two\nlines", null)]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890!", null)]
    [InlineData("half \ud83d", null)]
    [InlineData("fine", 0L)]
    [InlineData("fine", 31_536_001L)]
    public async Task What_is_not_of_the_form_is_refused(string text, long? seconds)
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        (await Say(ann, text, seconds)).Error!.Code.Should().Be(ErrorCode.Invalid);
    }

    [Fact]
    public async Task Whoever_went_is_told_with_the_moment_when_the_last_connection_ended()
    {
        await using var server = await ChatServer.Start(("Chat:Presence:OfflineGraceMs", "300"));
        await using var bob = await server.Enter("Bob");
        var never = await server.SignIn("Never");
        var ann = await server.Enter("Ann");
        await Say(ann, "gone soon");
        var before = DateTimeOffset.UtcNow;
        await ann.DisposeAsync();
        var told = await bob.Hears<PresenceNotice>(notice => notice.User is { Status: PresenceStatus.Offline });
        told.User!.LastSeenAt.Should().BeOnOrAfter(before.AddSeconds(-1)).And.BeOnOrBefore(DateTimeOffset.UtcNow);
        told.User.Text.Should().Be("gone soon");
        (await SeenBy(bob, ann.User)).LastSeenAt.Should().BeCloseTo(told.User.LastSeenAt!.Value, TimeSpan.FromMilliseconds(1));
        (await Find(bob, "Never")).Presence.Should().ContainSingle().Which.LastSeenAt.Should().BeNull("it never came");

        await using var again = new Guest(server.Address, ann.SignedIn, Wire.Json);
        await again.Start();
        (await SeenBy(bob, ann.User)).Should().Match<UserPresence>(seen => seen.Status == PresenceStatus.Online && seen.LastSeenAt == null);
        never.User.Name.Should().Be("Never");
    }

    [Fact]
    public async Task Large_rooms_are_not_told_texts()
    {
        await using var server = await ChatServer.Start(("Chat:Presence:NamedUpTo", "1"));
        await using var bob = await server.Enter("Bob");
        await using var ann = await server.Enter("Ann");
        await bob.Hears<PresenceNotice>(notice => notice.OnlineCount == 2);
        var counts = bob.Heard<PresenceNotice>().Count();
        await Say(ann, "not for the crowd");
        await Waiting.Until(() => Task.FromResult(bob.Heard<PresenceNotice>().Count() > counts));
        bob.Heard<PresenceNotice>().Should().NotContain(notice => notice.User != null && notice.User.Text != "");
        (await SeenBy(bob, ann.User)).Text.Should().Be("not for the crowd", "whoever asks is told");
    }

    [Fact]
    public async Task People_are_found_by_the_beginning_of_their_name_page_by_page()
    {
        await using var server = await ChatServer.Start();
        await using var bob = await server.Enter("Bob");
        for (var i = 0; i < 7; i++) await server.SignIn($"Ännchen {i}");
        await server.SignIn("Another");
        var names = new List<string>();
        for (string? after = null; ;)
        {
            var page = await Find(bob, "äNN", after, 3);
            page.Presence.Select(seen => seen.UserId).Should().Equal(page.People.Select(user => user.Id));
            names.AddRange(page.People.Select(user => user.Name));
            if ((after = page.Next) is null) break;
        }
        names.Should().Equal(Enumerable.Range(0, 7).Select(i => $"Ännchen {i}"));
        (await Find(bob, "")).People.Should().HaveCount(9);
        (await Find(bob, "bob")).Presence.Should().ContainSingle().Which.Status.Should().Be(PresenceStatus.Online);
        (await bob.Call<Reply<PeoplePage>>("FindPeople", new FindPeople { Name = "", Limit = 101 })).Error!.Code.Should().Be(ErrorCode.Invalid);
        (await bob.Call<Reply<PeoplePage>>("FindPeople", new FindPeople { Name = "", After = "x" })).Error!.Code.Should().Be(ErrorCode.Invalid);
    }

    private static Task<Reply<UserPresence>> Say(Guest guest, string text, long? seconds = null) =>
        guest.Call<Reply<UserPresence>>("SetStatusText", new SetStatusText { Text = text, Seconds = seconds });

    private static async Task<PeoplePage> Find(Guest guest, string name, string? after = null, int? limit = null) =>
        (await guest.Call<Reply<PeoplePage>>("FindPeople", new FindPeople { Name = name, After = after, Limit = limit })).Result!;

    private static async Task<UserPresence> SeenBy(Guest guest, User user) =>
        (await guest.Call<Reply<MemberPage>>("ListMembers", new ListMembers { RoomId = FirstRooms.General })).Result!.Presence.Single(seen => seen.UserId == user.Id);
}
