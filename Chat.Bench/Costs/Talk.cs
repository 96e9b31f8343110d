using System.Diagnostics;

namespace Chat.Bench.Costs;

/// <summary>Messages of 100 bytes, sent by members and waited for.</summary>
internal static class Talk
{
    private static readonly string Text = new('m', 100);

    /// <summary>One member speaks to its room for a while, some messages under way at a time; all are delivered at the end.</summary>
    /// <returns>How many messages.</returns>
    public static async Task<int> ToRoomAsync(Crowd crowd, RawConnection speaker, Guid room, int listeners, TimeSpan time, CancellationToken cancellation)
    {
        const int underWay = 4;
        var before = crowd.Delivered.Count;
        var clock = Stopwatch.StartNew();
        var sent = 0;
        while (clock.Elapsed < time)
        {
            await SendAsync(speaker, room, cancellation);
            sent++;
            if (sent >= underWay) await crowd.Delivered.Reach(before + (long)(sent - underWay + 1) * listeners);
        }
        await crowd.Delivered.Reach(before + (long)sent * listeners);
        return sent;
    }

    /// <summary>Each of some speaks in a room of its own, the next message after the acknowledgement of the last.</summary>
    /// <returns>How many messages.</returns>
    public static async Task<int> AloneAsync(IReadOnlyList<(RawConnection Speaker, Guid Room)> speakers, TimeSpan time, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(speakers.Select(async pair =>
        {
            var sent = 0;
            for (var answered = pair.Speaker.Answered.Count; clock.Elapsed < time; sent++)
            {
                await SendAsync(pair.Speaker, pair.Room, cancellation);
                await pair.Speaker.Answered.Reach(++answered);
            }
            return sent;
        }));
        return counts.Sum();
    }

    private static Task SendAsync(RawConnection speaker, Guid room, CancellationToken cancellation) =>
        speaker.CallAsync("SendMessage", $$"""{"roomId":"{{room}}","clientMessageId":"{{Guid.CreateVersion7()}}","text":"{{Text}}"}""", cancellation);
}
