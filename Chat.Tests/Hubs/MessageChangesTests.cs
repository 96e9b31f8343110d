using Chat.Contracts;
using Chat.Tests.Running;
using static Chat.Tests.Hubs.Scene;

namespace Chat.Tests.Hubs;

/// <summary>What becomes of messages: edits, deletion, reactions, pins, threads, mentions, forwarding, reading.</summary>
public sealed class MessageChangesTests
{
    [Theory]
    [InlineData(Wire.Json)]
    [InlineData(Wire.MessagePack)]
    public async Task An_edit_is_told_its_past_is_kept_and_only_the_author_may(Wire wire)
    {
        await using var scene = await With(["Ann", "Bob"]);
        await using var cid = await scene.Server.Enter("Cid", wire);
        Result(await cid.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId }));
        var id = Guid.NewGuid();
        var said = await scene[1].Send(scene.RoomId, "frist", id);
        Code(await scene[0].Hub.EditMessage(new EditMessage { RoomId = scene.RoomId, Seq = said.Seq, Text = "owned" })).Should().Be(ErrorCode.Forbidden);
        var edited = Result(await scene[1].Hub.EditMessage(new EditMessage { RoomId = scene.RoomId, Seq = said.Seq, Text = "first" }));
        edited.Should().Match<Message>(message => message.Text == "first" && message.EditedAt != null && message.Seq == said.Seq && message.Version > said.Version);
        (await cid.Hears<Message>(message => message.Version == edited.Version)).Should().BeEquivalentTo(edited);
        Result(await scene[1].Hub.EditMessage(new EditMessage { RoomId = scene.RoomId, Seq = said.Seq, Text = "first" })).Version.Should().Be(edited.Version);
        Result(await scene[1].Hub.EditMessage(new EditMessage { RoomId = scene.RoomId, Seq = said.Seq, Text = "first!" }));
        Result(await cid.Hub.GetEdits(new MessagePlace { RoomId = scene.RoomId, Seq = said.Seq })).Texts.Select(text => text.Text).Should().Equal("frist", "first", "first!");
        (await scene[1].Send(scene.RoomId, "frist", id)).Text.Should().Be("first!", "the request that made it still has its answer");
        Code(await scene[1].Hub.EditMessage(new EditMessage { RoomId = scene.RoomId, Seq = said.Seq, Text = " " })).Should().Be(ErrorCode.Invalid);
        Code(await scene[1].Hub.EditMessage(new EditMessage { RoomId = scene.RoomId, Seq = 1, Text = "x" })).Should().Be(ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_deleted_message_leaves_a_record_without_content_and_nothing_to_find()
    {
        await using var scene = await With(["Ann", "Bob", "Cid"]);
        var (own, other) = (await scene.Say(1, "my secret"), await scene.Say(1, "rude words"));
        Result(await scene[2].Hub.SetReaction(new SetReaction { RoomId = scene.RoomId, Seq = own.Seq, Emoji = "👍" }));
        Result(await scene[1].Hub.EditMessage(new EditMessage { RoomId = scene.RoomId, Seq = own.Seq, Text = "my other secret" }));
        Code(await scene[2].Hub.DeleteMessage(new MessagePlace { RoomId = scene.RoomId, Seq = own.Seq })).Should().Be(ErrorCode.Forbidden);
        var gone = Result(await scene[1].Hub.DeleteMessage(new MessagePlace { RoomId = scene.RoomId, Seq = own.Seq }));
        gone.Should().Match<Message>(message => message.Text == "" && message.Reactions.Count == 0 && message.DeletedBy == scene[1].User.Id && message.DeletedAt != null);
        await scene[2].Hears<Message>(message => message.Version == gone.Version);
        Result(await scene[1].Hub.DeleteMessage(new MessagePlace { RoomId = scene.RoomId, Seq = own.Seq })).Version.Should().Be(gone.Version);
        Result(await scene[0].Hub.DeleteMessage(new MessagePlace { RoomId = scene.RoomId, Seq = other.Seq })).DeletedBy.Should().Be(scene[0].User.Id);

        Code(await scene[2].Hub.GetEdits(new MessagePlace { RoomId = scene.RoomId, Seq = own.Seq })).Should().Be(ErrorCode.NotFound);
        Result(await scene[2].Hub.Search(new SearchMessages { Text = "secret" })).Hits.Should().BeEmpty();
        Code(await scene[1].Hub.EditMessage(new EditMessage { RoomId = scene.RoomId, Seq = own.Seq, Text = "back" })).Should().Be(ErrorCode.NotFound);
        Code(await scene[2].Hub.SetReaction(new SetReaction { RoomId = scene.RoomId, Seq = own.Seq, Emoji = "👍" })).Should().Be(ErrorCode.NotFound);
        Result(await scene[2].Hub.MarkRead(new MarkRead { RoomId = scene.RoomId, Seq = 0 })).Unread.Should().Be(0);
    }

    [Fact]
    public async Task Reactions_are_set_once_for_each_and_taken_back()
    {
        await using var scene = await With(["Ann", "Bob"]);
        var said = await scene.Say(0, "cake?");
        Task<Reply<Message>> React(int who, string emoji, bool isSet = true) =>
            scene[who].Hub.SetReaction(new SetReaction { RoomId = scene.RoomId, Seq = said.Seq, Emoji = emoji, IsSet = isSet });
        var replies = await Task.WhenAll(React(0, "🎂"), React(1, "🎂"), React(1, "🎂"), React(1, "👍🏽"));
        var version = replies.Max(reply => Result(reply).Version);
        version.Should().Be(said.Version + 3, "twice the same is one");
        var seen = await scene[0].Hears<Message>(message => message.Version == version);
        seen.Reactions.Select(reaction => (reaction.Emoji, reaction.UserIds.Count)).Should().BeEquivalentTo([("🎂", 2), ("👍🏽", 1)]);
        Result(await React(1, "👍🏽", false)).Reactions.Should().ContainSingle();
        Result(await React(1, "👍🏽", false)).Reactions.Should().ContainSingle();
        foreach (var emoji in (string[])["ok", "", "👍👍", "<b>", "1"]) Code(await React(0, emoji)).Should().Be(ErrorCode.Invalid, emoji);
        foreach (var emoji in (string[])["❤️", "🇩🇪", "1️⃣", "👨‍👩‍👧‍👦", "✅"]) Result(await React(0, emoji)).Reactions.Should().Contain(reaction => reaction.Emoji == emoji);
    }

    [Fact]
    public async Task Moderators_pin_and_everybody_sees_it()
    {
        await using var scene = await With(["Ann", "Bob"]);
        var (first, second) = (await scene.Say(1, "rules"), await scene.Say(1, "menu"));
        Code(await scene[1].Hub.SetPin(new SetPin { RoomId = scene.RoomId, Seq = first.Seq })).Should().Be(ErrorCode.Forbidden);
        foreach (var message in (Message[])[second, first]) Result(await scene[0].Hub.SetPin(new SetPin { RoomId = scene.RoomId, Seq = message.Seq })).PinnedAt.Should().NotBeNull();
        Result(await scene[1].Hub.ListPins(new ListPins { RoomId = scene.RoomId })).Messages.Select(message => message.Text).Should().Equal("rules", "menu");
        (await scene[1].Hears<Message>(message => message.System is { Kind: SystemEventKind.Pinned } && message.ReplyToSeq == first.Seq)).Text.Should().Contain("Ann");
        Result(await scene[0].Hub.SetPin(new SetPin { RoomId = scene.RoomId, Seq = first.Seq, IsPinned = false })).PinnedAt.Should().BeNull();
        Result(await scene[1].Hub.ListPins(new ListPins { RoomId = scene.RoomId })).Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task A_thread_has_its_own_pages_and_its_root_counts_the_replies()
    {
        await using var scene = await With(["Ann", "Bob"]);
        var root = await scene.Say(0, "plans?");
        async Task<Message> Reply(string text) => Result(await scene[1].Hub.SendMessage(
            new SendMessage { RoomId = scene.RoomId, ClientMessageId = Guid.NewGuid(), Text = text, ThreadSeq = root.Seq }));
        var first = await Reply("picnic");
        await scene.Say(0, "beside it");
        var second = await Reply("museum");
        var seen = await scene[0].Hears<Message>(message => message.Seq == root.Seq && message.ReplyCount == 2);
        seen.LastReplyAt.Should().Be(second.CreatedAt);

        var main = Result(await scene[0].Hub.GetHistory(new GetHistory { RoomId = scene.RoomId, AfterSeq = root.Seq - 1 }));
        main.Messages.Select(message => message.Text).Should().Equal("plans?", "beside it");
        var thread = Result(await scene[0].Hub.GetHistory(new GetHistory { RoomId = scene.RoomId, ThreadSeq = root.Seq, Limit = 1 }));
        thread.Messages.Should().ContainSingle().Which.Text.Should().Be("museum");
        thread.HasOlder.Should().BeTrue();
        var older = Result(await scene[0].Hub.GetHistory(new GetHistory { RoomId = scene.RoomId, ThreadSeq = root.Seq, BeforeSeq = second.Seq }));
        older.Messages.Should().ContainSingle().Which.Text.Should().Be("picnic");
        older.HasOlder.Should().BeFalse();

        Code(await scene[0].Hub.SendMessage(new SendMessage { RoomId = scene.RoomId, ClientMessageId = Guid.NewGuid(), Text = "x", ThreadSeq = first.Seq })).Should().Be(ErrorCode.NotFound, "threads have no threads");
        Result(await scene[1].Hub.DeleteMessage(new MessagePlace { RoomId = scene.RoomId, Seq = first.Seq }));
        await scene[0].Hears<Message>(message => message.Seq == root.Seq && message.ReplyCount == 1);
        Result(await scene[0].Hub.MarkRead(new MarkRead { RoomId = scene.RoomId, Seq = 0 })).Unread.Should().Be(0, "a thread is not unread in the room");
    }

    [Fact]
    public async Task A_mention_calls_the_member_with_the_longest_name_that_stands_there_and_is_counted()
    {
        await using var scene = await With(["Ann", "Bob", "Bob Lee", "李雷"]);
        async Task<IReadOnlyList<Guid?>> Calls(string text) => [.. (await scene.Say(0, text)).Mentions.Select(mention => mention.UserId)];
        (await Calls("@bob lee: see this, @李雷你好")).Should().Equal(scene[2].User.Id, scene[3].User.Id);
        (await Calls("hi @Bob, and @Bob again; not ann@李雷, nor @Nobody")).Should().Equal(scene[1].User.Id);
        (await Calls("@room!")).Should().Equal((Guid?)null);
        (await Calls("nobody @ all")).Should().BeEmpty();

        async Task<(int, int)> Count(int who)
        {
            var marker = Result(await scene[who].Hub.MarkRead(new MarkRead { RoomId = scene.RoomId, Seq = 0 }));
            return (marker.Unread, marker.UnreadMentions);
        }
        (await Count(1)).Should().Be((4, 2));
        (await Count(2)).Should().Be((4, 2));
        var said = await scene.Say(0, "@Bob look");
        (await Count(1)).Should().Be((5, 3));
        Result(await scene[0].Hub.EditMessage(new EditMessage { RoomId = scene.RoomId, Seq = said.Seq, Text = "look" })).Mentions.Should().BeEmpty();
        (await Count(1)).Should().Be((5, 2));
        await using var again = new Guest(scene.Server.Address, scene[1].SignedIn, Wire.Json);
        await again.Start();
        again.Connected.Rooms.Single(room => room.Room.RoomId == scene.RoomId).Should().Match<MyRoom>(mine => mine.Unread == 5 && mine.UnreadMentions == 2);
        var calling = Result(await scene[1].Hub.Search(new SearchMessages { Text = "", MentionsMe = true }));
        calling.Hits.Select(hit => hit.Message.Text).Should().Equal("@room!", "hi @Bob, and @Bob again; not ann@李雷, nor @Nobody");
    }

    [Fact]
    public async Task A_message_is_forwarded_by_who_can_read_it_as_it_is_now()
    {
        await using var scene = await With(["Ann", "Bob"]);
        var secret = Guid.NewGuid();
        Result(await scene[0].Hub.CreateRoom(new CreateRoom { RoomId = secret, Name = "secret", Kind = RoomKind.Private }));
        var said = await scene[0].Send(secret, "draft");
        Result(await scene[0].Hub.EditMessage(new EditMessage { RoomId = secret, Seq = said.Seq, Text = "final" }));
        SendMessage Forward(Guid id) => new() { RoomId = scene.RoomId, ClientMessageId = id, Text = "", Forward = new MessagePlace { RoomId = secret, Seq = said.Seq } };
        Code(await scene[1].Hub.SendMessage(Forward(Guid.NewGuid()))).Should().Be(ErrorCode.NotFound);
        var id = Guid.NewGuid();
        var sent = Result(await scene[0].Hub.SendMessage(Forward(id)));
        sent.Text.Should().Be("final");
        sent.ForwardedFrom.Should().Be(new MessageReference { RoomId = secret, Seq = said.Seq, AuthorName = "Ann" });
        Result(await scene[0].Hub.SendMessage(Forward(id))).Seq.Should().Be(sent.Seq);
        Code(await scene[0].Hub.SendMessage(Forward(id) with { Forward = new MessagePlace { RoomId = secret, Seq = said.Seq + 1 } })).Should().Be(ErrorCode.Conflict);
        Code(await scene[0].Hub.SendMessage(Forward(Guid.NewGuid()) with { Text = "see" })).Should().Be(ErrorCode.Invalid);
        Result(await scene[0].Hub.DeleteMessage(new MessagePlace { RoomId = secret, Seq = said.Seq }));
        Code(await scene[0].Hub.SendMessage(Forward(Guid.NewGuid()))).Should().Be(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Small_rooms_tell_who_has_read_what()
    {
        await using var scene = await With(["Ann", "Bob"]);
        var said = await scene.Say(0, "read me");
        Result(await scene[1].Hub.MarkRead(new MarkRead { RoomId = scene.RoomId, Seq = said.Seq }));
        (await scene[0].Hears<Reader>(reader => reader.UserId == scene[1].User.Id)).Seq.Should().Be(said.Seq);
        // Far above what there is: read to the end, told once.
        for (var i = 0; i < 3; i++) Result(await scene[1].Hub.MarkRead(new MarkRead { RoomId = scene.RoomId, Seq = ChatContract.MaxInteger }));
        await scene.Say(0, "last");
        await scene[0].Hears<Message>(message => message.Text == "last");
        scene[0].Heard<Reader>().Should().ContainSingle();
        var readers = Result(await scene[0].Hub.ListReaders(new ListReaders { RoomId = scene.RoomId })).Readers;
        readers.Should().HaveCount(2).And.Contain(reader => reader.UserId == scene[1].User.Id && reader.Seq == said.Seq);
    }
}
