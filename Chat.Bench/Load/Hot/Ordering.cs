using BenchmarkDotNet.Attributes;
using Chat.Contracts;
using Chat.Hub.Delivery;

namespace Chat.Bench.Load.Hot;

/// <summary>Putting a room's records into order: as they mostly come, and two by two the wrong way round.</summary>
public class Ordering
{
    private const int Many = 1_000;
    private readonly Message[] messages = [.. Enumerable.Range(1, Many).Select(version => Samples.Message(Guid.Empty, version))];

    [Benchmark(OperationsPerInvoke = Many)]
    public int InOrder()
    {
        var feed = new RoomFeed(0);
        var told = 0;
        foreach (var message in messages) told += feed.Take(message).Count;
        return told;
    }

    [Benchmark(OperationsPerInvoke = Many)]
    public int Swapped()
    {
        var feed = new RoomFeed(0);
        var told = 0;
        for (var i = 0; i < Many; i += 2) told += feed.Take(messages[i + 1]).Count + feed.Take(messages[i]).Count;
        return told;
    }
}
