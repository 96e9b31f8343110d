using System.Text.Json.Nodes;
using Chat.Client;
using Chat.Contracts;
using Chat.Hub.Nodes;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Hubs;

/// <summary>Messages that are written while they are sent.</summary>
public sealed class StreamTests
{
    private static readonly Guid General = FirstRooms.General;

    [Fact]
    public async Task Members_hear_each_piece_and_in_the_end_one_complete_message_once()
    {
        await using var server = await ChatServer.Start(("Chat:Streams:StoreEveryMs", "20000"));
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob", Wire.MessagePack);
        var start = new StreamStart { RoomId = General, ClientMessageId = Guid.NewGuid() };
        var open = await Begin(ann, start);
        open.Should().Match<Message>(message => message.Stream == StreamState.Open && message.Text == "");
        (await Begin(ann, start)).Should().BeEquivalentTo(open, "a repeat begins nothing");
        await bob.Hears<Message>(message => message.Id == open.Id);

        (await Append(ann, open, 0, "Hel")).Result!.Length.Should().Be(3);
        (await Append(ann, open, 0, "Hello")).Result!.Length.Should().Be(5, "what overlaps is added once");
        (await Append(ann, open, 9, "far")).Result!.Length.Should().Be(5, "a gap adds nothing");
        (await Append(ann, open, 5, " 👋🏽")).Result!.Length.Should().Be(10);
        await bob.Hears<StreamChunk>(chunk => chunk.Offset == 5);
        bob.Heard<StreamChunk>().Select(chunk => (chunk.Offset, chunk.Text)).Should().Equal((0, "Hel"), (3, "lo"), (5, " 👋🏽"));

        (await End(ann, open, 9)).Error!.Code.Should().Be(ErrorCode.Conflict);
        var whole = (await End(ann, open, 10)).Result!;
        whole.Should().Match<Message>(message => message.Text == "Hello 👋🏽" && message.Stream == StreamState.Complete && message.Seq == open.Seq);
        (await End(ann, open, 10)).Result.Should().BeEquivalentTo(whole, "a repeat ends nothing more");
        (await bob.Hears<Message>(message => message.Stream == StreamState.Complete)).Should().BeEquivalentTo(whole);
        (await Append(ann, open, 10, "!")).Error!.Code.Should().Be(ErrorCode.NotFound);
        await ann.Send(General, "after");
        await bob.Hears<Message>(message => message.Text == "after");
        bob.Heard<Message>().Count(message => message.Id == open.Id).Should().Be(2);
    }

    [Fact]
    public async Task Who_comes_late_finds_what_is_there_so_far()
    {
        await using var server = await ChatServer.Start(("Chat:Streams:StoreEveryMs", "50"));
        await using var ann = await server.Enter("Ann");
        var open = await Begin(ann);
        await Append(ann, open, 0, "so far");
        await ann.Hears<Message>(message => message.Id == open.Id && message.Text == "so far" && message.Stream == StreamState.Open);
        await using var bob = await server.Enter("Bob");
        var history = await bob.Call<Reply<History>>("GetHistory", new GetHistory { RoomId = General });
        history.Result!.Messages.Single(message => message.Id == open.Id).Text.Should().Be("so far");
    }

    [Fact]
    public async Task A_writer_who_falls_silent_is_cut_off_and_what_was_there_stays()
    {
        await using var server = await ChatServer.Start(("Chat:Streams:SilenceSeconds", "1"), ("Chat:Streams:StoreEveryMs", "50"));
        await using var bob = await server.Enter("Bob");
        Message open;
        await using (var ann = await server.Enter("Ann"))
        {
            open = await Begin(ann);
            await Append(ann, open, 0, "half a sent");
        }
        (await bob.Hears<Message>(message => message.Id == open.Id && message.Stream == StreamState.CutOff)).Text.Should().Be("half a sent");
    }

    [Fact]
    public async Task A_writer_who_says_that_it_is_there_is_not_cut_off()
    {
        await using var server = await ChatServer.Start(("Chat:Streams:SilenceSeconds", "1"), ("Chat:Streams:StoreEveryMs", "50"));
        await using var ann = await server.Enter("Ann");
        await using var eve = await server.Enter("Eve");
        var (mine, silent) = (await Begin(ann), await Begin(eve));
        await Waiting.Until(async () =>
        {
            (await Append(ann, mine, 0, "")).Error.Should().BeNull();
            return eve.Heard<Message>().Any(message => message.Id == silent.Id && message.Stream == StreamState.CutOff);
        });
        (await Append(ann, mine, 0, "still here")).Result!.Length.Should().Be(10);
        (await Append(eve, silent, 0, "too late")).Error!.Code.Should().Be(ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_writer_who_leaves_is_cut_off_at_once_and_nobody_else_can_write_its_message()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob");
        var open = await Begin(ann);
        await Append(ann, open, 0, "mine");
        (await Append(bob, open, 4, "!")).Error!.Code.Should().Be(ErrorCode.NotFound);
        (await End(bob, open, 4)).Error!.Code.Should().Be(ErrorCode.NotFound);

        await ann.Call<Reply>("LeaveRoom", new LeaveRoom { RoomId = General });
        (await Append(ann, open, 4, " and more")).Error!.Code.Should().Be(ErrorCode.NotAMember);
        (await bob.Hears<Message>(message => message.Stream == StreamState.CutOff)).Text.Should().Be("mine");
    }

    [Fact]
    public async Task A_piece_that_does_not_fit_or_holds_half_a_character_is_refused_and_the_rest_goes_on()
    {
        await using var server = await ChatServer.Start(("Chat:Rooms:MessageTextBytes", "20"));
        await using var ann = await server.Enter("Ann");
        var open = await Begin(ann);
        (await Append(ann, open, 0, "twelve bytes")).Error.Should().BeNull();
        (await Append(ann, open, 12, "and nine+")).Error!.Code.Should().Be(ErrorCode.TooLarge);
        (await Append(ann, open, 12, "\u0001")).Error!.Code.Should().Be(ErrorCode.Invalid);
        (await Append(ann, open, 12, "and 8 :)")).Result!.Length.Should().Be(20);
        (await End(ann, open, 20)).Result!.Text.Should().Be("twelve bytesand 8 :)");
        (await End(ann, await Begin(ann), 0)).Error!.Code.Should().Be(ErrorCode.Invalid, "a message has a text");
    }

    [Fact]
    public async Task Pieces_in_a_flood_are_refused_with_a_retry_time()
    {
        await using var server = await ChatServer.Start(("Chat:Streams:PiecesPerSecond", "5"));
        await using var ann = await server.Enter("Ann");
        var open = await Begin(ann);
        var replies = new List<Reply<StreamProgress>>();
        for (var n = 0; n < 40; n++) replies.Add(await Append(ann, open, n, "x"));
        replies.Where(reply => reply.Error is not null).Should().NotBeEmpty()
            .And.OnlyContain(reply => reply.Error!.Code == ErrorCode.RateLimited && reply.Error.RetryAfterMs > 0);
    }

    [Fact]
    public async Task Both_typed_clients_show_it_grow_and_end_with_the_same_message()
    {
        await using var server = await ChatServer.Start(("Chat:Streams:StoreEveryMs", "100"));
        var nodes = await server.SignIn("Node");
        await using var node = Node.Run("client/test/join.mjs", server.Address.AbsoluteUri, nodes.AccessToken, "json", General.ToString());
        await node.Line(line => line["joined"] is not null);
        await using var ann = await Client(server, "Ann");
        await using var bob = await Client(server, "Bob");
        var grown = new List<string>();
        bob.FindRoom(General)!.MessageGrew += (_, message) => grown.Add(message.Text);

        string[] pieces = ["Once ", "upon ", "a ", "time 👋🏽", ", ", "there ", "was ", "a ", "stream."];
        var whole = await ann.StreamMessageAsync(General, Slowly(pieces));
        whole.Should().Match<Message>(message => message.Text == string.Concat(pieces) && message.Stream == StreamState.Complete);
        await Waiting.Until(() => Task.FromResult(bob.FindRoom(General)!.Messages[^1].Version == whole.Version));
        bob.FindRoom(General)!.Messages[^1].Should().BeEquivalentTo(whole);
        ann.FindRoom(General)!.Messages[^1].Should().BeEquivalentTo(whole);
        grown.Should().HaveCountGreaterThan(3).And.OnlyContain(text => whole.Text.StartsWith(text, StringComparison.Ordinal));
        grown.Select(text => text.Length).Should().BeInAscendingOrder("it never shrinks");
        var shown = await node.Line(line => line["grown"] is not null);
        whole.Text.Should().StartWith(shown["grown"]!.GetValue<string>());
        (await node.Line(line => line["message"]?["stream"]?.GetValue<string>() == "complete"))["message"]!["text"]!.GetValue<string>().Should().Be(whole.Text);

        await node.Say(new JsonObject { ["stream"] = "from a Node 👋" });
        var streamed = await node.Line(line => line["streamed"] is not null || line["error"] is not null);
        streamed["streamed"]!["text"]!.GetValue<string>().Should().Be("from a Node 👋", "its pieces of three units cut the hand in half");
        await Waiting.Until(() => Task.FromResult(bob.FindRoom(General)!.Messages[^1] is { Stream: StreamState.Complete, Text: "from a Node 👋" }));
    }

    [Fact]
    public async Task A_writer_whose_connection_is_cut_in_the_middle_goes_on_and_the_message_is_whole()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await Client(server, "Ann");
        await using var bob = await server.Enter("Bob");
        var whole = await ann.StreamMessageAsync(General, Cut());
        whole.Text.Should().Be("before, between, after");
        (await bob.Hears<Message>(message => message.Stream == StreamState.Complete)).Should().BeEquivalentTo(whole);
        bob.Heard<Message>().Where(message => message.Id == whole.Id).Should().OnlyContain(message => message.Stream != StreamState.CutOff);

        async IAsyncEnumerable<string> Cut()
        {
            yield return "before, ";
            await bob.Hears<StreamChunk>(chunk => chunk.Text == "before, ");
            var cut = new TaskCompletionSource();
            ann.StatusChanged += (_, status) =>
            {
                if (status.State is not ChatState.Connected) cut.TrySetResult();
            };
            await server.App.Services.GetRequiredService<Reach>().Give(new Order { UserId = ann.User!.Id, Close = CloseCode.TooSlow });
            await cut.Task.WaitAsync(TimeSpan.FromSeconds(10));
            yield return "between, ";
            yield return "after";
        }
    }

    [Fact]
    public async Task A_program_that_fails_in_the_middle_leaves_its_message_cut_off()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await Client(server, "Ann");
        await using var bob = await server.Enter("Bob");
        var write = () => ann.StreamMessageAsync(General, Failing());
        await write.Should().ThrowAsync<InvalidOperationException>().WithMessage("the model is gone");
        (await bob.Hears<Message>(message => message.Stream == StreamState.CutOff)).Text.Should().Be("I think");

        static async IAsyncEnumerable<string> Failing()
        {
            yield return "I think";
            await Task.Delay(200);
            throw new InvalidOperationException("the model is gone");
        }
    }

    [Fact]
    public async Task Pieces_without_end_are_left_when_they_are_too_much_or_nobody_wants_them()
    {
        await using var server = await ChatServer.Start(("Chat:Rooms:MessageTextBytes", "2000"));
        await using var ann = await Client(server, "Ann");
        var endless = () => ann.StreamMessageAsync(General, Endless());
        (await endless.Should().ThrowAsync<ChatException>().WaitAsync(TimeSpan.FromSeconds(20))).Which.Code.Should().Be(ErrorCode.TooLarge);

        using var cancel = new CancellationTokenSource();
        await using var bob = await server.Enter("Bob");
        var silent = ann.StreamMessageAsync(General, Silent(), ct: cancel.Token);
        await bob.Hears<StreamChunk>(chunk => chunk.Text == "the first and last");
        await cancel.CancelAsync();
        await silent.WaitAsync(TimeSpan.FromSeconds(20)).Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        (await bob.Hears<Message>(message => message.Stream == StreamState.CutOff && message.Text == "the first and last")).Text.Should().NotBeEmpty();

        // As most are written: they know nothing of the token that is to end them.
        static async IAsyncEnumerable<string> Endless()
        {
            while (true)
            {
                await Task.Yield();
                yield return "again and ";
            }
        }

        static async IAsyncEnumerable<string> Silent()
        {
            yield return "the first and last";
            await new TaskCompletionSource().Task;
        }
    }

    [Fact]
    public async Task A_stream_is_not_begun_as_somebody_else()
    {
        await using var server = await ChatServer.Start();
        var (annSigned, bobSigned) = (await server.SignIn("Ann"), await server.SignIn("Bob"));
        var token = annSigned.AccessToken;
        await using var way = Chat.Tests.Client.Relay.To(server.Address);
        await using var client = new ChatClient(new ChatClientOptions { Server = way.Address, AccessToken = _ => Task.FromResult<string?>(token) });
        await client.StartAsync();
        way.Answer = "";
        way.Cut();
        await Waiting.Until(() => Task.FromResult(client.Status.State is ChatState.Reconnecting));
        var writing = client.StreamMessageAsync(General, Slowly(["Ann's"]));
        (token, way.Answer) = (bobSigned.AccessToken, null);
        client.RetryNow();
        (await writing.Invoking(task => task).Should().ThrowAsync<ChatException>()).Which.Code.Should().Be(ErrorCode.Unauthenticated);
        client.User!.Name.Should().Be("Bob");
        (await client.SendMessageAsync(General, "Bob's")).AuthorName.Should().Be("Bob");
        client.FindRoom(General)!.Messages.Should().NotContain(message => message.Stream != null);
    }

    internal static async IAsyncEnumerable<string> Slowly(IEnumerable<string> pieces)
    {
        foreach (var piece in pieces)
        {
            yield return piece;
            await Task.Delay(60);
        }
    }

    internal static Task<Message> Begin(Guest guest) => Begin(guest, new StreamStart { RoomId = General, ClientMessageId = Guid.NewGuid() });

    internal static async Task<Message> Begin(Guest guest, StreamStart start) =>
        await guest.Call<Reply<Message>>("BeginStream", start) is { Result: { } begun } ? begun : throw new InvalidOperationException("refused");

    internal static Task<Reply<StreamProgress>> Append(Guest guest, Message open, int offset, string text) =>
        guest.Call<Reply<StreamProgress>>("AppendStream", new StreamPiece { RoomId = open.RoomId, Seq = open.Seq, Offset = offset, Text = text });

    internal static Task<Reply<Message>> End(Guest guest, Message open, int length) =>
        guest.Call<Reply<Message>>("EndStream", new StreamEnd { RoomId = open.RoomId, Seq = open.Seq, Length = length });

    private static async Task<ChatClient> Client(ChatServer server, string name)
    {
        var signedIn = await server.SignIn(name);
        var client = new ChatClient(new ChatClientOptions { Server = server.Address, AccessToken = _ => Task.FromResult<string?>(signedIn.AccessToken) });
        await client.StartAsync();
        return client;
    }
}
