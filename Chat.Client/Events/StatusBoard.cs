using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Chat.Client.Events;

/// <summary>The state a client is in, and who watches it.</summary>
internal sealed class StatusBoard
{
    private readonly Lock gate = new();
    private readonly List<Channel<ChatStatus>> watchers = [];
    private bool isClosed;

    public ChatStatus Current { get; private set; } = new() { State = ChatState.Offline };

    public void Show(ChatStatus status)
    {
        lock (gate)
        {
            Current = status;
            foreach (var watcher in watchers) watcher.Writer.TryWrite(status);
        }
    }

    /// <summary>The state as it is and as it becomes; a slow reader gets the latest only. It ends with the client.</summary>
    public async IAsyncEnumerable<ChatStatus> WatchAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var mine = Channel.CreateBounded<ChatStatus>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (gate)
        {
            mine.Writer.TryWrite(Current);
            if (isClosed) mine.Writer.TryComplete();
            else watchers.Add(mine);
        }
        try
        {
            await foreach (var status in mine.Reader.ReadAllAsync(ct).ConfigureAwait(false)) yield return status;
        }
        finally
        {
            lock (gate) watchers.Remove(mine);
        }
    }

    /// <summary>Nothing will change any more.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            foreach (var watcher in watchers) watcher.Writer.TryComplete();
        }
    }
}
