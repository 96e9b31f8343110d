using Chat.Contracts;

namespace Chat.Tests.Client.Sequencing;

/// <summary>A case made by chance: a room lives, and a network loses, doubles and reorders what it says.</summary>
internal sealed class RandomCase
{
    private const int Turns = 26;

    private readonly Random random;
    private readonly RoomTruth truth;
    private readonly PerfectReader reader = new();
    private readonly List<object> underway = [];
    private readonly List<VectorStep> steps = [];
    private readonly int seed;

    private RandomCase(int seed)
    {
        (this.seed, random) = (seed, new Random(seed));
        truth = new RoomTruth(random);
    }

    public static VectorCase Make(int seed)
    {
        var made = new RandomCase(seed);
        made.Connect();
        for (var turn = 0; turn < Turns; turn++) made.Turn();
        made.CatchUp();
        return new VectorCase($"by chance {seed}", made.seed, made.steps);
    }

    private void Turn()
    {
        switch (random.Next(100))
        {
            case < 45:
                var record = truth.Change();
                underway.AddRange(Enumerable.Repeat(record, random.Next(10) switch { < 2 => 0, < 8 => 1, _ => 2 }));
                break;
            case < 80: Deliver(); break;
            case < 90: Ask(); break;
            case < 93: Announce(); break;
            case < 96: truth.BackUp(); break;
            default:
                if (random.Next(2) is 0) truth.Restore(isTold: random.Next(3) > 0);
                Connect();
                break;
        }
    }

    private void CatchUp()
    {
        while (underway.Count > 0) Deliver();
        Announce();
        while (reader.IsBehind)
        {
            Ask();
            Deliver();
        }
        if (reader.Known != truth.Head || reader.Epoch != truth.Epoch) throw new InvalidOperationException($"Case {seed} does not end at the truth.");
    }

    private void Ask() => underway.Add(truth.Answer(new SyncRoom { RoomId = RoomTruth.RoomId, Version = reader.Known, Epoch = reader.Epoch }));

    private void Deliver()
    {
        if (underway.Count == 0) return;
        var index = random.Next(Math.Min(underway.Count, 6));
        var item = underway[index];
        underway.RemoveAt(index);
        if (item is RoomSync sync) Take(sync);
        else Take((RoomRecord)item);
    }

    private void Take(RoomRecord record) =>
        steps.Add(new VectorStep { Live = Named(record) }.With(reader, reader.Live(record.Version), reset: false));

    private void Take(RoomSync sync)
    {
        var records = sync.Members.Concat<RoomRecord>(sync.Messages).Concat(sync.Room is { } room ? [room] : []).Select(Named).ToList();
        var (told, reset) = reader.Sync(sync.Epoch, sync.Head, sync.Reset, records.Select(record => record.Version));
        steps.Add(new VectorStep { Sync = new(sync.Epoch, sync.Head, sync.Reset, records) }.With(reader, told, reset));
    }

    private void Announce()
    {
        reader.Announce(truth.Head);
        steps.Add(new VectorStep { Announced = truth.Head }.With(reader, [], reset: false));
    }

    /// <summary>What was under way is lost with the last connection.</summary>
    private void Connect()
    {
        underway.Clear();
        reader.Connect(truth.Epoch, truth.Head);
        steps.Add(new VectorStep { Connected = new(truth.Epoch, truth.Head) }.With(reader, [], reset: false));
    }

    private static VectorRecord Named(RoomRecord record) => record switch
    {
        Message message => new("message", message.Version, message.Seq == message.Version ? null : message.Seq),
        Member => new("member", record.Version),
        _ => new("room", record.Version),
    };
}
