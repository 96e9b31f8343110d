using Chat.Client.Rooms;
using Chat.Contracts;

namespace Chat.Tests.Client.Sequencing;

/// <summary>Thousands of random lives of a room over a network that reorders, drops and doubles, compared with the truth.</summary>
public sealed class RoomSequenceRandomTests
{
    private const int Runs = 10_000;
    private const int Steps = 120;

    [Fact]
    public void Whatever_the_network_does_each_change_comes_once_in_order_and_all_of_them_in_the_end()
    {
        var first = Environment.TickCount;
        for (var seed = first; seed < first + Runs; seed++)
        {
            var life = new Life(new Random(seed));
            for (var step = 0; step < Steps; step++) life.Step();
            life.CatchUp();
            life.Complaint.Should().BeNull("seed {0} must hold", seed);
        }
    }

    private sealed class Life
    {
        private readonly Random random;
        private readonly RoomTruth truth;
        private readonly List<object> underway = [];
        private readonly Dictionary<Guid, RoomRecord> view = [];
        private readonly RoomSequence sequence = new();
        private long last;

        public Life(Random random)
        {
            this.random = random;
            truth = new(random);
        }

        public string? Complaint { get; private set; }

        public void Step()
        {
            switch (random.Next(100))
            {
                case < 45: Send(truth.Change()); break;
                case < 85: Deliver(); break;
                case < 92: underway.Add(truth.Answer(Question)); break;
                case < 96: sequence.Hear(truth.Head); break;
                case < 98: truth.BackUp(); break;
                default: Reconnect(); break;
            }
            Compare();
        }

        public void CatchUp()
        {
            while (underway.Count > 0) Deliver();
            sequence.Hear(truth.Head);
            for (var rounds = 0; rounds < 3 && sequence.IsBehind; rounds++) Take(truth.Answer(Question));
            if (sequence.IsBehind) Complaint ??= "syncs do not help";
            Compare();
            if (!view.Values.ToHashSet().SetEquals(truth.Records.Values)) Complaint ??= "the view is not the truth in the end";
        }

        private SyncRoom Question => new() { RoomId = RoomTruth.RoomId, Version = sequence.Known, Epoch = sequence.Epoch };

        private void Send(RoomRecord record)
        {
            for (var copies = random.Next(10) switch { < 2 => 0, < 8 => 1, _ => 2 }; copies > 0; copies--) underway.Add(record);
        }

        private void Deliver()
        {
            if (underway.Count == 0) return;
            var index = random.Next(Math.Min(underway.Count, 6));
            var item = underway[index];
            underway.RemoveAt(index);
            if (item is RoomSync sync) Take(sync);
            else Take(sequence.Accept((RoomRecord)item));
        }

        // What was under way is lost, and perhaps the server comes back from a backup.
        private void Reconnect()
        {
            underway.Clear();
            if (random.Next(2) is 0) truth.Restore(isTold: random.Next(3) > 0);
            sequence.Connect(truth.Epoch, truth.Head);
        }

        private void Take(RoomSync sync)
        {
            var outcome = sequence.Apply(sync);
            if (outcome.Reset)
            {
                view.Clear();
                foreach (var record in sync.Messages.Concat<RoomRecord>(sync.Members).Append(sync.Room!)) view[RoomTruth.Key(record)] = record;
                last = sync.Head;
            }
            Take(outcome.News);
            Take(outcome.Released);
        }

        private void Take(IReadOnlyList<RoomRecord> records)
        {
            foreach (var record in records)
            {
                if (record.Version <= last) Complaint ??= $"version {record.Version} came after {last}";
                last = record.Version;
                view[RoomTruth.Key(record)] = record;
            }
        }

        private void Compare()
        {
            if (sequence.Epoch != truth.Epoch) return;
            foreach (var (key, record) in truth.Records)
                if (record.Version <= sequence.Known && (!view.TryGetValue(key, out var seen) || seen != record))
                    Complaint ??= $"version {record.Version} is missing though {sequence.Known} counts as known";
        }
    }
}
