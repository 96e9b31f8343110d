using System.Net;
using Chat.Contracts;
using Chat.Hub.Attachments;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;

namespace Chat.Tests.Attachments;

/// <summary>Messages with files.</summary>
public sealed class AttachedMessageTests : IAsyncLifetime, IDisposable
{
    private static readonly Guid Room = FirstRooms.General;

    private readonly TemporaryFolder folder = new();
    private ChatServer server = null!;
    private Guest ann = null!;
    private Guest bob = null!;
    private Sharing anns = null!;
    private Sharing bobs = null!;

    public async Task InitializeAsync()
    {
        server = await ChatServer.StartOn(folder);
        (ann, bob) = (await server.Enter("Ann"), await server.Enter("Bob"));
        (anns, bobs) = (new Sharing(server.Address, ann.SignedIn), new Sharing(server.Address, bob.SignedIn));
    }

    public async Task DisposeAsync()
    {
        anns.Dispose();
        bobs.Dispose();
        await ann.DisposeAsync();
        await bob.DisposeAsync();
        await server.DisposeAsync();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Members_hear_of_the_files_and_can_fetch_them()
    {
        var picture = await anns.Upload(Room, Pictures.RedBlue(20, 10, SKEncodedImageFormat.Png), "p.png");
        var sent = (await Post(ann, "", picture.Id)).Result!;
        sent.Should().Match<Message>(message => message.Kind == MessageKind.Image && message.Text == "");
        var heard = await bob.Hears<Message>(message => message.Id == sent.Id);
        heard.Attachments.Should().BeEquivalentTo([picture]);
        (await bobs.Get(picture.Id)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await bobs.Thumbnail(picture.Id)).StatusCode.Should().Be(HttpStatusCode.OK);

        await bob.Call<Reply>(nameof(IChatHub.LeaveRoom), new LeaveRoom { RoomId = Room });
        (await bobs.Get(picture.Id)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await anns.Get(picture.Id)).StatusCode.Should().Be(HttpStatusCode.OK);
        await Collect(hours: 48);
        (await anns.Get(picture.Id)).StatusCode.Should().Be(HttpStatusCode.OK, "it is used");
    }

    [Fact]
    public async Task A_message_is_of_the_kind_of_its_files()
    {
        var picture = await anns.Upload(Room, Pictures.RedBlue(2, 2, SKEncodedImageFormat.Png));
        var file = await anns.Upload(Room, [1, 2, 3]);
        var both = (await Post(ann, "look", picture.Id, file.Id)).Result!;
        (both.Kind, both.Text).Should().Be((MessageKind.File, "look"));
        both.Attachments.Select(attachment => attachment.Id).Should().Equal(picture.Id, file.Id);
        (await Post(ann, "words")).Result!.Kind.Should().Be(MessageKind.Text);
    }

    [Fact]
    public async Task Only_ones_own_unused_files_of_the_room_can_be_sent()
    {
        var mine = (await anns.Upload(Room, [1])).Id;
        (await Post(bob, "x", mine)).Error!.Code.Should().Be(ErrorCode.NotFound, "it is Ann's");
        (await Post(ann, "x", Guid.NewGuid())).Error!.Code.Should().Be(ErrorCode.NotFound);
        await ann.Call<Reply<RoomEntry>>(nameof(IChatHub.JoinRoom), new JoinRoom { RoomId = FirstRooms.Random });
        (await Post(ann, FirstRooms.Random, "x", mine)).Error!.Code.Should().Be(ErrorCode.NotFound, "it is of another room");
        (await Post(ann, "x", mine, mine)).Error!.Code.Should().Be(ErrorCode.Invalid);
        (await Post(ann, "x", [.. Enumerable.Range(0, 11).Select(_ => Guid.NewGuid())])).Error!.Code.Should().Be(ErrorCode.Invalid);
        (await Post(ann, "")).Error!.Code.Should().Be(ErrorCode.Invalid, "nothing is no message");
        (await Post(ann, "x", mine)).Result.Should().NotBeNull();
        (await Post(ann, "again", mine)).Error!.Code.Should().Be(ErrorCode.NotFound, "it is used");
    }

    [Fact]
    public async Task A_repeat_finds_the_message_and_other_files_are_a_conflict()
    {
        var (one, two) = ((await anns.Upload(Room, [1])).Id, (await anns.Upload(Room, [2])).Id);
        var id = Guid.NewGuid();
        var request = new SendMessage { RoomId = Room, ClientMessageId = id, Text = "", AttachmentIds = [one] };
        var first = (await Send(ann, request)).Result!;
        (await Send(ann, request)).Result!.Should().BeEquivalentTo(first);
        (await Send(ann, request with { AttachmentIds = [two] })).Error!.Code.Should().Be(ErrorCode.Conflict);
        (await Send(ann, request with { Text = "x", AttachmentIds = [] })).Error!.Code.Should().Be(ErrorCode.Conflict);
    }

    [Fact]
    public async Task A_deleted_message_takes_its_files_along()
    {
        var picture = await anns.Upload(Room, Pictures.RedBlue(20, 10, SKEncodedImageFormat.Png));
        var sent = (await Post(ann, "", picture.Id)).Result!;
        var gone = (await ann.Call<Reply<Message>>(nameof(IChatHub.DeleteMessage), new MessagePlace { RoomId = Room, Seq = sent.Seq })).Result!;
        gone.Attachments.Should().BeEmpty();
        (await anns.Get(picture.Id)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        Blobs().Should().Be(2, "they are cleared away later");
        await Collect(hours: 2);
        Blobs().Should().Be(0);
    }

    [Fact]
    public async Task A_forwarded_file_lives_on_where_it_was_forwarded_to()
    {
        await ann.Call<Reply<RoomEntry>>(nameof(IChatHub.JoinRoom), new JoinRoom { RoomId = FirstRooms.Random });
        var file = await anns.Upload(Room, [1, 2, 3], "three");
        var sent = (await Post(ann, "see", file.Id)).Result!;
        var forward = new SendMessage { RoomId = FirstRooms.Random, ClientMessageId = Guid.NewGuid(), Text = "", Forward = new MessagePlace { RoomId = Room, Seq = sent.Seq } };
        var forwarded = (await Send(ann, forward)).Result!;
        var copy = forwarded.Attachments.Single();
        copy.Should().BeEquivalentTo(file with { Id = copy.Id });
        copy.Id.Should().NotBe(file.Id);
        forwarded.Kind.Should().Be(MessageKind.File);
        (await Send(ann, forward)).Result!.Should().BeEquivalentTo(forwarded, "a repeat is the same");
        (await bobs.Get(copy.Id)).StatusCode.Should().Be(HttpStatusCode.NotFound, "Bob is not in that room");

        await ann.Call<Reply<Message>>(nameof(IChatHub.DeleteMessage), new MessagePlace { RoomId = Room, Seq = sent.Seq });
        await Collect(hours: 2);
        (await anns.Get(file.Id)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await (await anns.Get(copy.Id)).Content.ReadAsByteArrayAsync()).Should().Equal(1, 2, 3);
        await ann.Call<Reply<Message>>(nameof(IChatHub.DeleteMessage), new MessagePlace { RoomId = FirstRooms.Random, Seq = forwarded.Seq });
        await Collect(hours: 4);
        Blobs().Should().Be(0);
    }

    [Fact]
    public async Task Words_beside_a_file_may_be_taken_away_and_others_may_not()
    {
        var file = await anns.Upload(Room, [1]);
        var sent = (await Post(ann, "words", file.Id)).Result!;
        var edited = (await ann.Call<Reply<Message>>(nameof(IChatHub.EditMessage), new EditMessage { RoomId = Room, Seq = sent.Seq, Text = "" })).Result!;
        (edited.Text, edited.Attachments.Count).Should().Be(("", 1));
        var plain = await ann.Send(Room, "plain");
        (await ann.Call<Reply<Message>>(nameof(IChatHub.EditMessage), new EditMessage { RoomId = Room, Seq = plain.Seq, Text = "" })).Error!.Code.Should().Be(ErrorCode.Invalid);
    }

    [Fact]
    public void What_the_server_takes_is_told_on_connecting() => ann.Connected.Limits.AttachmentBytes.Should().Be(16 * 1024 * 1024);

    private int Blobs() => Directory.GetFiles(folder.File("attachments"), "*", SearchOption.AllDirectories).Length;

    private Task Collect(int hours) => server.App.Services.GetRequiredService<AttachmentCollector>().Collect(DateTimeOffset.UtcNow.AddHours(hours), default);

    private static Task<Reply<Message>> Post(Guest who, string text, params Guid[] files) => Post(who, Room, text, files);

    private static Task<Reply<Message>> Post(Guest who, Guid roomId, string text, params Guid[] files) =>
        Send(who, new SendMessage { RoomId = roomId, ClientMessageId = Guid.NewGuid(), Text = text, AttachmentIds = files });

    private static Task<Reply<Message>> Send(Guest who, SendMessage request) => who.Call<Reply<Message>>(nameof(IChatHub.SendMessage), request);
}
