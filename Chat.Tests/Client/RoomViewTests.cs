using Chat.Client;
using Chat.Contracts;
using Chat.Tests.Client.Sequencing;

namespace Chat.Tests.Client;

/// <summary>What a window binds to: where it changes, how often, by which steps, and that it ends equal to the room.</summary>
public sealed class RoomViewTests
{
    private const int Lives = 200;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Ten_thousand_changes_at_once_are_few_passes_in_the_context_and_the_view_ends_equal_to_the_room()
    {
        using var ui = new UiThread();
        await using var scene = new BookScene(ui);
        scene.Connect(sync: BookScene.Snapshot(1));
        var strayed = 0;
        var view = scene.Room.View;
        var mirror = new ListMirror<MessageView>(view.Messages);
        view.PropertyChanged += (_, _) => strayed += ui.IsHere ? 0 : 1;
        ((System.Collections.Specialized.INotifyCollectionChanged)view.Messages).CollectionChanged += (_, _) => strayed += ui.IsHere ? 0 : 1;

        for (var seq = 2; seq <= 10_001; seq++) scene.Book.Take(BookScene.Say(seq));

        await Until(ui, () => view.Head is 10_001);
        var shown = await ui.Do(() => view.Messages.Select(message => message.Message).ToList());
        shown.Should().Equal(scene.Room.Messages).And.HaveCount(500);
        mirror.Items.Should().Equal(view.Messages);
        scene.Book.Gear.Passes.Count.Should().BeLessThan(1_000);
        mirror.Resets.Should().Be(0);
        strayed.Should().Be(0);
    }

    [Fact]
    public async Task Whatever_happens_to_a_room_the_view_equals_it_after_each_pass_and_is_known_by_its_steps_alone()
    {
        var first = Environment.TickCount;
        for (var seed = first; seed < first + Lives; seed++)
        {
            await using var life = new Life(seed);
            await life.Run(60);
        }
    }

    [Fact]
    public async Task A_message_is_one_object_from_its_writing_on_and_an_edit_moves_nothing()
    {
        var context = new PumpedContext();
        await using var scene = new BookScene(context);
        scene.Connect(sync: BookScene.Snapshot(1));
        var view = scene.Room.View;
        var item = scene.Outbox.Add(Request("tea?"));
        scene.Outbox.Add(Request("or coffee?"));
        context.Pump();
        var (tea, coffee) = (view.Messages[0], view.Messages[1]);
        (tea.State, tea.Text, tea.IsMine, tea.AuthorName).Should().Be((OutgoingState.Sending, "tea?", true, "Ann"));
        var told = new List<string?>();
        tea.PropertyChanged += (_, change) => told.Add(change.PropertyName);
        var mirror = new ListMirror<MessageView>(view.Messages);

        var stored = BookScene.Say(2) with { AuthorId = BookScene.Me, ClientMessageId = item.Now.Id, Text = "tea?", AuthorName = "Ann" };
        scene.Outbox.Sent(item);
        context.Pump();
        (tea.State, tea.Message).Should().Be((OutgoingState.Sent, null));
        scene.Book.Take(stored);
        context.Pump();
        view.Messages.Should().Equal(tea, coffee);
        (tea.Message, tea.Outgoing, tea.State).Should().Be((stored, null, OutgoingState.Sent));
        scene.Book.Take(stored with { Version = 3, Text = "tea!", EditedAt = Some.Moment });
        context.Pump();
        (tea.Text, tea.IsEdited).Should().Be(("tea!", true));
        mirror.Steps.Should().Be(0);
        told.Should().Contain(nameof(MessageView.Text)).And.Contain(nameof(MessageView.State)).And.NotContain(nameof(MessageView.IsMine));

        scene.Outbox.Refuse(scene.Outbox.Next(RoomTruth.RoomId)!, new ChatException(ErrorCode.Muted, "Quiet."));
        context.Pump();
        (coffee.State, coffee.Error!.Code).Should().Be((OutgoingState.Failed, ErrorCode.Muted));
        scene.Outbox.Drop(coffee.Outgoing!.Id);
        context.Pump();
        view.Messages.Should().Equal(tea);
    }

    [Fact]
    public async Task A_room_that_goes_while_a_pass_waits_shows_its_end_and_is_left_alone()
    {
        var context = new PumpedContext();
        await using var scene = new BookScene(context);
        scene.Connect(sync: BookScene.Snapshot(1));
        var view = scene.Room.View;
        context.Pump();
        scene.Book.Take(BookScene.Say(2));
        scene.Book.Remove(RoomTruth.RoomId, RoomRemoval.Left);
        context.Pump();
        view.Removal.Should().Be(RoomRemoval.Left);
        view.Messages.Should().ContainSingle();

        scene.Book.Take(BookScene.Say(3));
        context.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task Nothing_is_posted_where_nobody_asked_for_a_view()
    {
        var context = new PumpedContext();
        await using var scene = new BookScene(context);
        scene.Connect(sync: BookScene.Snapshot(1));
        scene.Book.Take(BookScene.Say(2));
        context.Waiting.Should().Be(0);
        _ = scene.Room.View;
        context.Waiting.Should().Be(1);
    }

    [Fact]
    public async Task A_handler_that_throws_harms_neither_the_view_nor_the_others()
    {
        var context = new PumpedContext();
        await using var scene = new BookScene(context);
        scene.Connect(sync: BookScene.Snapshot(1));
        var view = scene.Room.View;
        view.PropertyChanged += (_, _) => throw new InvalidOperationException("mine");
        ((System.Collections.Specialized.INotifyCollectionChanged)view.Messages).CollectionChanged += (_, _) => throw new InvalidOperationException("mine");
        for (var seq = 2; seq <= 3; seq++)
        {
            scene.Book.Take(BookScene.Say(seq));
            context.Pump();
        }
        view.Messages.Should().HaveCount(2);
        view.Head.Should().Be(3);
    }

    private static SendMessage Request(string text) => new() { RoomId = RoomTruth.RoomId, ClientMessageId = Guid.NewGuid(), Text = text };

    private static async Task Until(UiThread ui, Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await ui.Do(condition)) await Task.Delay(1, limit.Token);
    }

    /// <summary>A room that changes, misses, is reset, trimmed and read back, with somebody who writes into it.</summary>
    private sealed class Life : IAsyncDisposable
    {
        private readonly Random chance;
        private readonly int seed;
        private readonly PumpedContext context = new();
        private readonly BookScene scene;
        private readonly RoomTruth truth;
        private readonly List<RoomRecord> onTheirWay = [];
        private readonly RoomView view;
        private readonly ListMirror<MessageView> mirror;

        public Life(int seed)
        {
            this.seed = seed;
            chance = new Random(seed);
            scene = new(context, kept: 6);
            truth = new(chance);
            scene.Connect(truth.Epoch, truth.Head);
            scene.Book.Apply(truth.Answer(scene.Book.Question(RoomTruth.RoomId)));
            scene.Book.Gear.History = (request, _) => Task.FromResult(Page(request));
            view = scene.Room.View;
            mirror = new(view.Messages);
        }

        public ValueTask DisposeAsync() => scene.DisposeAsync();

        public async Task Run(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                await Step();
                if (chance.Next(3) is 0) Check(step);
            }
            scene.Book.Apply(truth.Answer(scene.Book.Question(RoomTruth.RoomId)));
            Check(steps);
        }

        private async Task Step()
        {
            switch (chance.Next(14))
            {
                case < 5:
                    onTheirWay.Add(truth.Change());
                    break;
                case < 8 when onTheirWay.Count > 0:
                    var record = onTheirWay[chance.Next(onTheirWay.Count)];
                    if (chance.Next(4) > 0) onTheirWay.Remove(record);
                    scene.Book.Take(record);
                    break;
                case 8:
                    scene.Outbox.Add(Request($"words {chance.Next(1_000)}"));
                    break;
                case 9 when scene.Outbox.Next(RoomTruth.RoomId) is { } item:
                    var posted = truth.Post(item.Request, BookScene.Me);
                    if (chance.Next(2) is 0) onTheirWay.Add(posted);
                    else scene.Book.Take(posted);
                    if (chance.Next(2) is 0) scene.Outbox.Sent(item);
                    else if (chance.Next(4) is 0) scene.Outbox.Refuse(item, new ChatException(ErrorCode.Muted, "Quiet."));
                    break;
                case 10:
                    await scene.Room.LoadOlderAsync(chance.Next(1, 8)).WaitAsync(Limit);
                    break;
                case 11:
                    scene.Room.Trim(chance.Next(1, 8));
                    break;
                case 12:
                    scene.Book.Apply(truth.Answer(scene.Book.Question(RoomTruth.RoomId)));
                    break;
                case 13 when chance.Next(3) is 0:
                    // Too much at once: the next answer is the room afresh.
                    for (var i = 0; i < 9; i++) truth.Change();
                    break;
            }
        }

        private void Check(int step)
        {
            context.Pump();
            var room = scene.Room;
            var isIn = room.Messages.Where(m => m.AuthorId == BookScene.Me).Select(m => m.ClientMessageId).ToHashSet();
            IEnumerable<object?> wanted = [.. room.Messages, .. room.Outgoing.Where(one => !isIn.Contains(one.Id))];
            view.Messages.Select(shown => (object?)shown.Message ?? shown.Outgoing).SequenceEqual(wanted).Should().BeTrue("seed {0}, step {1}: it equals the room", seed, step);
            mirror.Items.SequenceEqual(view.Messages).Should().BeTrue("seed {0}, step {1}: the steps tell it all", seed, step);
            mirror.Resets.Should().BeLessThanOrEqualTo(room.Life, "seed {0}, step {1}: only a room that was loaded afresh is read anew", seed, step);
            (view.Head, view.HasOlder, view.Unread, view.MemberCount).Should().Be((room.Head, room.HasOlder, room.Unread, room.MemberCount));
        }

        private History Page(GetHistory request)
        {
            var below = truth.Records.Values.OfType<Message>().Where(m => m.Seq < request.BeforeSeq).OrderByDescending(m => m.Seq).ToList();
            return new History
            {
                RoomId = RoomTruth.RoomId,
                Messages = [.. below.Take(request.Limit!.Value).Reverse()],
                HasOlder = below.Count > request.Limit,
                HasNewer = true,
            };
        }
    }
}
