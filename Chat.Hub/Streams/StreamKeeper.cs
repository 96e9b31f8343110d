using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Streams;

/// <summary>
/// Writes growing messages about once a second, and cuts off those whose writers have fallen silent. Silence is what the
/// store says: so a writer may move to another node, and the messages of a dead node are cut off by any other.
/// </summary>
internal sealed partial class StreamKeeper(
    OpenStreams streams, RoomLog log, IStreamStore store, IOptions<StreamOptions> options, ChatClock time, TimeProvider clock, ILogger<StreamKeeper> logger)
    : BackgroundService
{
    private const int MostAtOnce = 100;

    private readonly TimeSpan silence = TimeSpan.FromSeconds(options.Value.SilenceSeconds);
    private readonly TimeSpan storeEvery = TimeSpan.FromMilliseconds(options.Value.StoreEveryMs);
    private long lookedAt;

    // A quarter of the interval: what is due waits no longer than that.
    private TimeSpan Tick => TimeSpan.FromMilliseconds(Math.Clamp(options.Value.StoreEveryMs / 4, 20, 1_000));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Guarded(() => Keep(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops: what its writers said is written before the log ends, and they go on elsewhere.
            await Guarded(() => Task.WhenAll(streams.All.Select(stream => Under(stream, () => stream.Stored < stream.Length, streams.Store))));
        }
    }

    private async Task Keep(CancellationToken stopping)
    {
        await Task.WhenAll(streams.All.Select(stream => Under(stream, () => IsDue(stream), streams.Store)));

        var heard = streams.All.Where(stream => stream.IsHeard).ToList();
        foreach (var stream in heard) stream.IsHeard = false;
        if (heard.Count > 0)
            await store.TouchStreams([.. heard.Select(stream => new MessagePlace { RoomId = stream.RoomId, Seq = stream.Seq })], time.Now, stopping);
        foreach (var stream in streams.All.Where(stream => clock.GetElapsedTime(stream.HeardAt) > silence && stream.Stored == stream.Length).ToList())
            streams.Forget(stream);

        if (clock.GetElapsedTime(lookedAt) < silence / 10) return;
        lookedAt = clock.GetTimestamp();
        foreach (var place in await store.FindSilentStreams(time.Now - silence, MostAtOnce, stopping)) await CutOff(place);
    }

    private bool IsDue(OpenStream stream) => stream.Stored < stream.Length && clock.GetElapsedTime(stream.StoredAt) >= storeEvery;

    private async Task CutOff(MessagePlace place)
    {
        // The store was away, and is behind what this node has heard.
        if (streams.All.Any(stream => stream.RoomId == place.RoomId && stream.Seq == place.Seq)) return;
        var written = await log.Write(new EndStreamChange(place.RoomId, place.Seq, null, null, StreamState.CutOff), CancellationToken.None);
        if (written.Error is null) LogCutOff(place.RoomId, place.Seq);
        else if (written.Error == StreamRules.NotOpen) await store.ForgetStream(place, CancellationToken.None);
    }

    private static async Task Under(OpenStream stream, Func<bool> isNeeded, Func<OpenStream, Task> act)
    {
        if (stream.IsOver || !isNeeded()) return;
        await stream.Gate.WaitAsync();
        try
        {
            if (!stream.IsOver && isNeeded()) await act(stream);
        }
        finally
        {
            stream.Gate.Release();
        }
    }

    private async Task Guarded(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (StoreUnavailableException e)
        {
            LogAway(e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One round that fails must not be the last.
            LogBroken(e);
        }
    }

    [LoggerMessage(140, LogLevel.Information, "Message {Seq} of room {RoomId} was cut off: its writer fell silent.")]
    private partial void LogCutOff(Guid roomId, long seq);

    [LoggerMessage(141, LogLevel.Error, "Open messages could not be kept; they are tried again.")]
    private partial void LogBroken(Exception exception);

    [LoggerMessage(142, LogLevel.Warning, "Open messages wait for the store, which is away.")]
    private partial void LogAway(Exception exception);
}
