using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;

namespace Chat.Tests.Storage;

public abstract partial class StoreTests
{
    [Fact]
    public async Task Who_posted_very_much_does_not_wait_for_all_of_it_to_be_looked_at()
    {
        await fixture.FoundRoom();
        var bob = new Speaker(Guid.NewGuid(), "Bob", UserKind.Guest);
        await fixture.Write(new EnterRoom(bob, fixture.RoomId));
        Task<Error?> BobPosts() => fixture.Write(new PostMessage(bob, new SendMessage { RoomId = fixture.RoomId, ClientMessageId = Guid.NewGuid(), Text = "hi" }));
        async Task<int> Unread() => (await Store.Enter(fixture.RoomId, fixture.Ann.UserId, default))!.Mine.Unread;
        await BobPosts();
        (await Unread()).Should().Be(1);
        for (var i = 0; i < 20; i++) await fixture.PostMany(500);
        await BobPosts();
        (await Unread()).Should().Be(1, "the last is further away than is looked at");
        await Store.MarkRead(fixture.Ann.UserId, new MarkRead { RoomId = fixture.RoomId, Seq = 1_000 }, default);
        (await Unread()).Should().Be(1, "now the last is near enough");
    }

    [Fact]
    public async Task Private_rooms_are_listed_for_their_members_only()
    {
        await fixture.Write(new FoundRoom(fixture.Ann, new CreateRoom { RoomId = fixture.RoomId, Name = "secret", Kind = RoomKind.Private }));
        (await Store.ListRooms(fixture.Ann.UserId, new ListRooms(), default)).Rooms.Should().ContainSingle();
        (await Store.ListRooms(Guid.NewGuid(), new ListRooms(), default)).Rooms.Should().BeEmpty();
    }

    [Fact]
    public async Task Pages_of_members_and_rooms_hold_everyone_once()
    {
        await fixture.FoundRoom();
        for (var i = 0; i < 25; i++)
        {
            await fixture.Write(new EnterRoom(new Speaker(Guid.NewGuid(), $"Guest {i}", UserKind.Guest), fixture.RoomId));
            await fixture.Write(new FoundRoom(fixture.Ann, new CreateRoom { RoomId = Guid.NewGuid(), Name = $"Room {i}" }));
        }

        var members = new List<string>();
        for (string? after = null; ;)
        {
            var page = await Store.ListMembers(new ListMembers { RoomId = fixture.RoomId, After = after, Limit = 7 }, default);
            members.AddRange(page.Members.Select(member => member.Name));
            page.MemberCount.Should().Be(26);
            if ((after = page.Next) is null) break;
        }
        members.Should().HaveCount(26).And.OnlyHaveUniqueItems();

        var rooms = new List<string>();
        for (string? after = null; ;)
        {
            var page = await Store.ListRooms(fixture.Ann.UserId, new ListRooms { After = after, Limit = 7, Search = "ROOM" }, default);
            rooms.AddRange(page.Rooms.Select(summary => summary.Room.Name));
            if ((after = page.Next) is null) break;
        }
        rooms.Should().HaveCount(25).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Names_are_listed_by_their_bytes()
    {
        string[] names = ["_", "a b", "a_b", "ab", "z", "zebra", "\u00e9t\u00e9", "\u0645\u0631\u062d\u0628\u0627", "\u4e2d\u6587", "\uff5a", "\U0001f44b"];
        await fixture.FoundRoom();
        foreach (var name in names.Reverse())
        {
            await fixture.Write(new EnterRoom(new Speaker(Guid.NewGuid(), name, UserKind.Guest), fixture.RoomId));
            await fixture.Write(new FoundRoom(fixture.Ann, new CreateRoom { RoomId = Guid.NewGuid(), Name = name }));
        }
        var members = await Store.ListMembers(new ListMembers { RoomId = fixture.RoomId }, default);
        members.Members.Select(member => member.Name).Where(name => name != "Ann").Should().Equal(names);
        var rooms = await Store.ListRooms(fixture.Ann.UserId, new ListRooms(), default);
        rooms.Rooms.Select(summary => summary.Room.Name).Where(name => name != "tea").Should().Equal(names);
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("te\0a")]
    [InlineData("\ud800")]
    [InlineData("\udc00x")]
    public async Task A_text_that_no_store_can_hold_finds_nothing(string text)
    {
        await fixture.FoundRoom();
        (await Store.ListRooms(fixture.Ann.UserId, new ListRooms { Search = text }, default)).Rooms.Should().BeEmpty();
        (await Store.FindAccount(text, default)).Should().BeNull();
        (await Store.FindExternal(text, default)).Should().BeNull();
        (await Store.ListRooms(fixture.Ann.UserId, new ListRooms { After = PageCursor.Write(text, Guid.Empty) }, default)).Rooms.Should().HaveCount(text[0] < 'z' ? 1 : 0);
        (await Store.ListMembers(new ListMembers { RoomId = fixture.RoomId, After = PageCursor.Write("a\0", Guid.Empty) }, default)).Members.Should().ContainSingle();
    }

    [Fact]
    public async Task The_first_account_is_the_administrator_and_a_name_is_given_once()
    {
        User NewUser(string name, UserKind kind) => new() { Id = Guid.NewGuid(), Name = name, Kind = kind, CreatedAt = StoreFixture.Now.AddTicks(1_234) };
        (await Store.AddUser(NewUser("Guest", UserKind.Guest), null, null, default))!.IsAdministrator.Should().BeFalse();
        var first = await Store.AddUser(NewUser("First", UserKind.Account), "hash", null, default);
        first!.Should().Match<User>(user => user.IsAdministrator && user.CreatedAt == StoreFixture.Now);
        (await Store.AddUser(NewUser("FIRST", UserKind.Guest), null, null, default)).Should().BeNull();
        (await Store.AddUser(NewUser("Second", UserKind.Account), "hash", null, default))!.IsAdministrator.Should().BeFalse();
        var there = await Store.AddUser(NewUser("There", UserKind.External), null, "issuer|one", default);
        (await Store.AddUser(NewUser("Elsewhere", UserKind.External), null, "issuer|one", default)).Should().BeNull();
        (await Store.FindExternal("issuer|one", default)).Should().BeEquivalentTo(there);
        (await Store.FindUser(first!.Id, default)).Should().BeEquivalentTo(first);
        (await Store.FindAccount("fIRST", default))!.Value.Should().BeEquivalentTo((first, "hash"));
        (await Store.FindAccount("guest", default)).Should().BeNull("a guest has no password");
    }
}
