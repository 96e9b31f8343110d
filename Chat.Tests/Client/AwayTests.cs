using Chat.Client;
using Chat.Contracts;
using Chat.Tests.Hubs;
using Chat.Tests.Running;

namespace Chat.Tests.Client;

/// <summary>Two devices of one user by the real client and server: one is there all the time, the other is away while everything happens.</summary>
public sealed class AwayTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(ChatProtocol.Json)]
    [InlineData(ChatProtocol.MessagePack)]
    public async Task Whoever_was_away_is_in_the_end_where_whoever_was_there_is(ChatProtocol protocol)
    {
        await using var scene = await Scene.With(["Ann", "Bob"]);
        var (ann, bob, roomId) = (scene[0], scene[1], scene.RoomId);
        Guid[] gone = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        foreach (var (id, i) in gone.Select((id, i) => (id, i)))
        {
            Scene.Result(await ann.Hub.CreateRoom(new CreateRoom { RoomId = id, Name = $"gone {i}" }));
            Scene.Result(await bob.Hub.JoinRoom(new JoinRoom { RoomId = id }));
        }
        var said = new List<Message>();
        for (var i = 0; i < 6; i++) said.Add(await scene.Say(i % 2, $"message {i}"));
        await using var there = Device();
        await using var away = Device();
        await there.StartAsync().WaitAsync(Limit);
        await away.StartAsync().WaitAsync(Limit);
        await away.StopAsync();

        Scene.Result(await ann.Hub.EditMessage(new EditMessage { RoomId = roomId, Seq = said[0].Seq, Text = "@Bob edited" }));
        Scene.Result(await bob.Hub.DeleteMessage(new MessagePlace { RoomId = roomId, Seq = said[1].Seq }));
        Scene.Result(await ann.Hub.SetReaction(new SetReaction { RoomId = roomId, Seq = said[2].Seq, Emoji = "🎉" }));
        Scene.Result(await ann.Hub.SetPin(new SetPin { RoomId = roomId, Seq = said[3].Seq }));
        Scene.Result(await ann.Hub.SetRole(new SetRole { RoomId = roomId, UserId = bob.User.Id, Role = MemberRole.Moderator }));
        Scene.Result(await ann.Hub.UpdateRoom(new UpdateRoom { RoomId = roomId, Topic = "new", SeatLimit = 7 }));
        Scene.Result(await ann.Hub.SendMessage(new SendMessage { RoomId = roomId, ClientMessageId = Guid.NewGuid(), Text = "in a thread", ThreadSeq = said[4].Seq }));
        Scene.Result(await ann.Hub.Kick(new KickMember { RoomId = gone[0], UserId = bob.User.Id, Reason = "loud" }));
        Scene.Result(await ann.Hub.Ban(new BanMember { RoomId = gone[1], UserId = bob.User.Id, Reason = "louder", Seconds = 600 }));
        (await ann.Hub.DeleteRoom(new DeleteRoom { RoomId = gone[2], Reason = "over" })).Error.Should().BeNull();
        var direct = Scene.Result(await ann.Hub.OpenDirect(new OpenDirect { UserIds = [bob.User.Id] })).Mine.Room.RoomId;
        await ann.Send(direct, "psst");
        var secret = Guid.NewGuid();
        Scene.Result(await ann.Hub.CreateRoom(new CreateRoom { RoomId = secret, Name = "secret", Kind = RoomKind.Private }));
        Scene.Result(await ann.Hub.Invite(new MemberReference { RoomId = secret, UserId = bob.User.Id }));

        var removed = new List<ChatRoom>();
        away.RoomRemoved += (_, room) => removed.Add(room);
        await away.StartAsync().WaitAsync(Limit);
        await Waiting.Until(() => Task.FromResult(Pictures(there) == Pictures(away) && removed.Count is 3), Limit);
        away.FindRoom(roomId)!.Messages.Select(message => message.Text).Should().Contain("@Bob edited").And.NotContain("in a thread");
        away.FindRoom(roomId)!.UnreadMentions.Should().Be(1);
        there.FindRoom(direct)!.Unread.Should().Be(1);
        away.FindRoom(direct)!.Messages.Should().ContainSingle().Which.Text.Should().Be("psst");
        away.Invitations.Should().ContainSingle().Which.Room.Room.Name.Should().Be("secret");
        removed.Select(room => (room.Id, room.Removal!.Kind, room.Removal.Reason)).Should().BeEquivalentTo(
            [(gone[0], RemovalKind.Kicked, "loud"), (gone[1], RemovalKind.Banned, "louder"), (gone[2], RemovalKind.Deleted, "over")]);
        (await away.JoinRoomAsync(secret).WaitAsync(Limit)).Room.Name.Should().Be("secret");
        await Waiting.Until(() => Task.FromResult(away.Invitations.Count + there.Invitations.Count is 0 && there.FindRoom(secret) is not null), Limit);

        ChatClient Device() => new(new ChatClientOptions
        {
            Server = scene.Server.Address,
            Protocol = protocol,
            AccessToken = _ => Task.FromResult<string?>(bob.SignedIn.AccessToken),
        });
    }

    private static string Pictures(ChatClient client) =>
        string.Join('\n', client.Rooms.OrderBy(room => room.Id).Select(RoomPicture.Of)
            .Concat(client.Invitations.Select(invitation => invitation.Room.Room.RoomId.ToString())));
}
