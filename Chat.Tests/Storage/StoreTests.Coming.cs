using Chat.Contracts;
using Chat.Hub.Presence;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;

namespace Chat.Tests.Storage;

public abstract partial class StoreTests
{
    [Fact]
    public async Task Who_comes_is_known_and_so_is_whether_it_was_in_a_room_at_any_time()
    {
        await fixture.FoundRoom();
        var bob = await Add("Bob");
        (await Store.Greet(bob.Id, fixture.RoomId, default)).Should().Be(new Greeting(bob, WasIn: false));
        await fixture.Write(new EnterRoom(SpeakerOf(bob), fixture.RoomId));
        (await Store.Greet(bob.Id, fixture.RoomId, default)).Should().Be(new Greeting(bob, WasIn: true));
        await fixture.Write(new QuitRoom(SpeakerOf(bob), fixture.RoomId));
        (await Store.Greet(bob.Id, fixture.RoomId, default))!.WasIn.Should().BeTrue("it was there");
        (await Store.ComingOf(bob.Id, default)).Rooms.Should().BeEmpty("it is no more");
        (await Store.Greet(Guid.NewGuid(), fixture.RoomId, default)).Should().BeNull();
    }

    [Fact]
    public async Task Who_comes_hears_its_rooms_and_is_seen_with_what_it_says_of_itself()
    {
        await fixture.FoundRoom();
        var bob = await Add("Bob");
        (await Store.ComingOf(bob.Id, default)).Should().BeEquivalentTo(new Coming([], Face.Blank));
        await fixture.Write(new EnterRoom(SpeakerOf(bob), fixture.RoomId));
        await fixture.Post("hello");
        await People.SetStatus(bob.Id, new StatusText("at tea", null, Now), default);
        (await Store.ComingOf(bob.Id, default)).Should().BeEquivalentTo(
            new Coming([new RoomHead { RoomId = fixture.RoomId, Head = 6 }], new Face(new StatusText("at tea", null, Now), null)));
        (await Store.ComingOf(Guid.NewGuid(), default)).Should().BeEquivalentTo(new Coming([], Face.Blank));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(25)]
    public async Task Who_has_come_is_told_what_it_missed_in_its_own_rooms_its_invitations_and_its_sign_in(int rooms)
    {
        var bob = await Add("Bob");
        var session = NewSession(bob.Id);
        await Sessions.AddSession(session, default);
        var known = new List<RoomHead>();
        for (var i = 0; i < rooms; i++)
        {
            var roomId = Guid.NewGuid();
            await fixture.Write(new FoundRoom(fixture.Ann, new CreateRoom { RoomId = roomId, Name = $"Room {i:00}" }));
            await fixture.Write(new EnterRoom(SpeakerOf(bob), roomId));
            known.Add((await Store.ComingOf(bob.Id, default)).Rooms.Single(room => room.RoomId == roomId));
            if (i % 2 is 1) continue;
            await fixture.Write(new PostMessage(fixture.Ann, new SendMessage { RoomId = roomId, ClientMessageId = Guid.NewGuid(), Text = $"for {i}" }));
        }
        // A room of others that it says it knows, and one that it is invited to.
        await fixture.FoundRoom();
        await fixture.Post("not for Bob");
        known.Add(new RoomHead { RoomId = fixture.RoomId, Head = 1 });
        await fixture.Write(new InviteMember(fixture.Ann, fixture.RoomId, bob));

        var (mine, invitations, signIn) = await Store.Resume(bob.Id, session.Id, Store.Epoch, known, default);
        mine.Select(room => room.Room.Name).Should().Equal(Enumerable.Range(0, rooms).Select(i => $"Room {i:00}"));
        mine.Select(room => room.Sync?.Messages.Select(message => message.Text).Single())
            .Should().Equal(Enumerable.Range(0, rooms).Select(i => i % 2 is 0 ? $"for {i}" : null));
        mine.Select(room => room.Sync?.Reset).Should().NotContain(true);
        invitations.Should().ContainSingle().Which.Room.Room.RoomId.Should().Be(fixture.RoomId);
        signIn.Should().BeEquivalentTo(session);
        (await Store.Resume(bob.Id, Guid.NewGuid(), "", [], default)).Session.Should().BeNull();
    }

    private static Speaker SpeakerOf(User user) => new(user.Id, user.Name, user.Kind);
}
