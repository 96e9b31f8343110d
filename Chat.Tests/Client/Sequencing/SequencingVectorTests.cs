using Chat.Client.Rooms;
using Chat.Contracts;

namespace Chat.Tests.Client.Sequencing;

/// <summary>The cases that every client of Chat must pass; the TypeScript client runs the same file.</summary>
public sealed class SequencingVectorTests
{
    private const int MadeByChance = 200;

    [Fact]
    public void Each_case_is_taken_as_it_says()
    {
        var cases = VectorFile.Read().Cases;
        cases.Should().HaveCountGreaterThan(MadeByChance);
        foreach (var one in cases) Run(one);
    }

    [Fact]
    public void The_cases_made_by_chance_are_those_of_their_seeds()
    {
        var file = VectorFile.Read();
        var written = new VectorFile([.. file.Cases.Where(one => one.Seed is null), .. Enumerable.Range(1, MadeByChance).Select(RandomCase.Make)]).Written();
        if (Environment.GetEnvironmentVariable("CHAT_WRITE_VECTORS") == "1") File.WriteAllText(VectorFile.Path, written);
        File.ReadAllText(VectorFile.Path).Equals(written, StringComparison.Ordinal)
            .Should().BeTrue("clients are checked against it; run this test with CHAT_WRITE_VECTORS=1 to write {0} anew", VectorFile.Path);
    }

    private static void Run(VectorCase one)
    {
        var sequence = new RoomSequence();
        for (var i = 0; i < one.Steps.Count; i++)
        {
            var step = one.Steps[i];
            var (told, reset) = Take(sequence, step);
            var seen = step with
            {
                Told = told.Count > 0 ? told : null,
                Reset = reset ? true : null,
                Known = sequence.Known,
                Head = sequence.Head,
                Epoch = sequence.Epoch,
                Behind = sequence.IsBehind,
            };
            seen.Should().BeEquivalentTo(step, options => options.WithStrictOrdering(), "so says step {0} of \"{1}\"", i + 1, one.Name);
        }
    }

    private static (IReadOnlyList<long> Told, bool Reset) Take(RoomSequence sequence, VectorStep step)
    {
        if (step.Live is { } live) return (Versions(Records(live).SelectMany(sequence.Accept)), false);
        if (step.Sync is { } sync) return Take(sequence, sync);
        if (step.Connected is { } connected) sequence.Connect(connected.Epoch, connected.Head);
        else sequence.Hear(step.Announced!.Value);
        return ([], false);
    }

    private static (IReadOnlyList<long> Told, bool Reset) Take(RoomSequence sequence, VectorSync sync)
    {
        var records = sync.Records.SelectMany(Records).ToList();
        var outcome = sequence.Apply(Some.Sync(RoomTruth.RoomId, sync.Epoch, sync.Head, sync.Reset, records));
        var news = outcome.Reset ? records.OrderBy(record => record.Version) : outcome.News.AsEnumerable();
        return (Versions(news.Concat(outcome.Released)), outcome.Reset);
    }

    private static List<long> Versions(IEnumerable<RoomRecord> records) => [.. records.Select(record => record.Version)];

    private static IEnumerable<RoomRecord> Records(VectorRecord named)
    {
        for (var version = named.Version; version <= (named.Through ?? named.Version); version++)
        {
            yield return named.Kind switch
            {
                "room" => Some.Room(RoomTruth.RoomId, version),
                "member" => Some.Member(RoomTruth.RoomId, version),
                "message" => Some.Message(RoomTruth.RoomId, named.Seq ?? version, version),
                _ => throw new InvalidOperationException($"There is no record of kind \"{named.Kind}\"."),
            };
        }
    }
}
