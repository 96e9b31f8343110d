using System.Collections.Concurrent;
using Chat.Client;

namespace Chat.Tests.Client;

/// <summary>All that a client said of its state, from when this was made.</summary>
internal sealed class StatusRecord
{
    /// <summary>Which state may follow which.</summary>
    private static readonly ILookup<ChatState, ChatState> Allowed = new Dictionary<ChatState, ChatState[]>
    {
        [ChatState.Offline] = [ChatState.Connecting],
        [ChatState.Connecting] = [ChatState.Connecting, ChatState.CatchingUp, ChatState.SignedOut, ChatState.Stopped, ChatState.Offline],
        [ChatState.CatchingUp] = [ChatState.Connected, ChatState.Reconnecting, ChatState.SignedOut, ChatState.Stopped, ChatState.Offline],
        [ChatState.Connected] = [ChatState.Reconnecting, ChatState.SignedOut, ChatState.Stopped, ChatState.Offline],
        [ChatState.Reconnecting] = [ChatState.Reconnecting, ChatState.CatchingUp, ChatState.SignedOut, ChatState.Stopped, ChatState.Offline],
        [ChatState.SignedOut] = [ChatState.Connecting, ChatState.Offline],
        [ChatState.Stopped] = [ChatState.Connecting, ChatState.Offline],
    }.SelectMany(row => row.Value.Select(next => (row.Key, next))).ToLookup(pair => pair.Key, pair => pair.next);

    private readonly ConcurrentQueue<(ChatStatus Status, DateTimeOffset At)> heard = [];

    public StatusRecord(ChatClient client)
    {
        heard.Enqueue((client.Status, DateTimeOffset.UtcNow));
        client.StatusChanged += (_, status) => heard.Enqueue((status, DateTimeOffset.UtcNow));
    }

    public IReadOnlyList<ChatStatus> All => [.. heard.Select(entry => entry.Status)];

    public IReadOnlyList<(ChatStatus Status, DateTimeOffset At)> Timed => [.. heard];

    /// <summary>The states without their repeats.</summary>
    public IReadOnlyList<ChatState> States => All.Select(status => status.State).Aggregate(new List<ChatState>(), (list, state) =>
    {
        if (list.Count is 0 || list[^1] != state) list.Add(state);
        return list;
    });

    public async Task<ChatStatus> Hears(Func<ChatStatus, bool> fits, int from = 0, TimeSpan? within = null)
    {
        ChatStatus? found = null;
        try
        {
            await Running.Waiting.Until(() => Task.FromResult((found = All.Skip(from).FirstOrDefault(fits)) is not null), within);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException("Heard only " + string.Join(", ", All.Select(status => $"{status.State} {status.Reason?.Message}")), e);
        }
        return found!;
    }

    public void ShouldBePossible()
    {
        foreach (var (before, after) in All.Zip(All.Skip(1))) Allowed[before.State].Should().Contain(after.State, "it came after {0}", before.State);
    }
}
