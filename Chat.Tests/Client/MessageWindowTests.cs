using Chat.Client.Rooms;
using Chat.Contracts;

namespace Chat.Tests.Client;

/// <summary>Older pages come into a window while the room changes, is reset and trimmed: late, twice changed, or no longer fitting.</summary>
public sealed class MessageWindowTests
{
    private const int Lives = 500;
    private const int Kept = 8;
    private static readonly Guid RoomId = Guid.NewGuid();

    [Fact]
    public void Whatever_happens_while_a_page_is_on_its_way_nothing_newer_is_undone_and_no_hole_is_torn()
    {
        var first = Environment.TickCount;
        var (taken, refused, changedMeanwhile) = (0, 0, 0);
        for (var seed = first; seed < first + Lives; seed++)
        {
            var life = new Life(new Random(seed), seed);
            life.Run(60);
            (taken, refused, changedMeanwhile) = (taken + life.Taken, refused + life.Refused, changedMeanwhile + life.ChangedMeanwhile);
        }
        taken.Should().BeGreaterThan(Lives);
        refused.Should().BeGreaterThan(Lives / 10, "else no page was late");
        changedMeanwhile.Should().BeGreaterThan(Lives / 50, "else no page was overtaken");
    }

    [Fact]
    public void The_window_grows_by_what_was_loaded_until_it_is_trimmed()
    {
        var window = new MessageWindow(Kept);
        window.Reset(Enumerable.Range(21, Kept).Select(seq => Some.Message(RoomId, seq)), hasOlder: true, head: 28);
        Load(window, [.. Enumerable.Range(11, 10).Select(seq => Some.Message(RoomId, seq))], hasOlder: true);
        window.Messages.Select(m => m.Seq).Should().Equal(Enumerable.Range(11, 18).Select(seq => (long)seq));
        window.Put(Some.Message(RoomId, 29));
        window.Messages.Should().HaveCount(18).And.Subject.First().Seq.Should().Be(12, "it is full");

        window.Trim(5);
        window.Messages.Select(m => m.Seq).Should().Equal(25, 26, 27, 28, 29);
        for (var seq = 30; seq < 50; seq++) window.Put(Some.Message(RoomId, seq));
        window.Messages.Should().HaveCount(Kept);
        window.HasOlder.Should().BeTrue();
    }

    [Fact]
    public void A_change_of_a_message_that_a_page_brought_already_leaves_the_count_in_doubt()
    {
        var window = new MessageWindow(Kept);
        window.Reset([Some.Message(RoomId, 9)], hasOlder: true, head: 9);
        Load(window, [Some.Message(RoomId, 8, version: 10)], hasOlder: false);
        window.Put(Some.Message(RoomId, 8, version: 10)).Should().BeNull("what it was before is not known");
        window.Put(Some.Message(RoomId, 8, version: 11)).Should().NotBeNull();
    }

    private static void Load(MessageWindow window, IReadOnlyList<Message> page, bool hasOlder) =>
        window.Take(window.Expect(10), new History { RoomId = RoomId, Messages = page, HasOlder = hasOlder, HasNewer = true }).Should().BeTrue();

    private sealed class Life(Random chance, int seed)
    {
        private readonly MessageWindow window = new(Kept);
        private readonly List<Message> log = [];
        private int heard;
        private int bound = Kept;
        private (PageRequest Request, int Limit, int ReadAt, int HeardAt)? underway;

        public int Taken { get; private set; }

        public int Refused { get; private set; }

        public int ChangedMeanwhile { get; private set; }

        public void Run(int steps)
        {
            for (var i = 0; i < 20; i++) Change();
            Reset();
            for (var step = 0; step < steps; step++)
            {
                Step();
                Check(step);
            }
            Answer();
            while (heard < log.Count) window.Put(log[heard++]);
            Check(steps);
            var truth = At(log.Count);
            window.Messages.All(m => m.Version == truth[m.Seq].Version).Should().BeTrue("seed {0}: in the end all is as it is", seed);
        }

        private void Step()
        {
            switch (chance.Next(12))
            {
                case < 4:
                    Change();
                    break;
                case < 8:
                    if (heard < log.Count) window.Put(log[heard++]);
                    break;
                case 8 when underway is null && window.HasOlder:
                    var limit = chance.Next(1, 8);
                    underway = (window.Expect(limit), limit, 0, heard);
                    break;
                case 9 or 10:
                    Answer();
                    break;
                case 11 when chance.Next(3) is 0:
                    window.Trim(chance.Next(1, Kept));
                    bound = Kept;
                    break;
                case 11 when chance.Next(3) is 0:
                    Reset();
                    break;
            }
        }

        private void Answer()
        {
            if (underway is not var (request, limit, _, heardAt)) return;
            underway = null;
            // Read at some moment since it was asked for; the client may have heard more by now, or less.
            var at = At(chance.Next(Math.Min(heardAt, log.Count), log.Count + 1));
            var below = at.Values.Where(m => m.Seq < request.From).OrderByDescending(m => m.Seq).ToList();
            var page = below.Take(limit).Reverse().ToList();
            if (page.Exists(m => log.Take(heard).Any(change => change.Seq == m.Seq && change.Version > m.Version))) ChangedMeanwhile++;
            var isTaken = window.Take(request, new History { RoomId = RoomId, Messages = page, HasOlder = below.Count > limit, HasNewer = true });
            if (!isTaken) window.Settle();
            else bound += page.Count;
            (Taken, Refused) = (Taken + (isTaken ? 1 : 0), Refused + (isTaken ? 0 : 1));
        }

        private void Reset()
        {
            heard = log.Count;
            var last = At(heard).Values.OrderBy(m => m.Seq).ToList();
            window.Reset(last.TakeLast(5), last.Count > 5, heard);
            bound = Kept;
        }

        private void Change()
        {
            var known = At(log.Count);
            var next = log.Count + 1;
            log.Add(known.Count is 0 || chance.Next(3) > 0 ? Some.Message(RoomId, next) : known.Values.ElementAt(chance.Next(known.Count)) with { Version = next });
        }

        private Dictionary<long, Message> At(int version) => log.Take(version).GroupBy(m => m.Seq).ToDictionary(m => m.Key, m => m.Last());

        private void Check(int step)
        {
            var told = At(heard);
            var isWhole = window.Messages.Where(m => m.Seq <= heard).Select(m => m.Seq).SequenceEqual(told.Keys.Where(seq => seq >= window.From).Order());
            var isUndone = window.Messages.Any(m => m.Seq <= heard && m.Version < told[m.Seq].Version);
            (isWhole, isUndone).Should().Be((true, false), "seed {0}, step {1}: there is no hole, and nothing is undone", seed, step);
            window.Messages.Count.Should().BeLessThanOrEqualTo(bound + (underway?.Limit ?? 0), "seed {0}, step {1}: memory is bounded", seed, step);
            (window.HasOlder || window.From is 0).Should().BeTrue("seed {0}, step {1}: without older ones all are here", seed, step);
        }
    }
}
