namespace Chat.Hub.Delivery;

/// <summary>A room that somebody connected to this node listens to. Its state is read and changed under its own lock.</summary>
internal sealed class HeardRoom(Guid roomId, long told)
{
    private readonly SortedList<long, List<TaskCompletionSource>> waiting = [];

    public Guid RoomId => roomId;

    public RoomFeed Feed { get; } = new(told);

    /// <summary>Users with connections that hear the room.</summary>
    public HashSet<Guid> Listeners { get; } = [];

    /// <summary>The head that was announced last.</summary>
    public long Announced { get; set; } = told;

    /// <summary>Whether messages are held that the feed has given out already: they are said in a moment.</summary>
    public bool IsHolding { get; set; }

    /// <summary>Whether the store is being asked for what is missing.</summary>
    public bool IsCatchingUp { get; set; }

    /// <summary>Set when the room was taken off the list: whoever comes next begins a new one.</summary>
    public bool IsGone { get; set; }

    /// <summary>Completes the source when everything up to the version was told.</summary>
    public void WaitFor(long version, TaskCompletionSource done)
    {
        if (version <= Feed.Told)
        {
            done.TrySetResult();
            return;
        }
        if (!waiting.TryGetValue(version, out var sources)) waiting[version] = sources = [];
        sources.Add(done);
    }

    /// <summary>Tells those who waited for what was told by now.</summary>
    public void Release()
    {
        while (waiting.Count > 0 && waiting.GetKeyAtIndex(0) <= Feed.Told)
        {
            foreach (var done in waiting.GetValueAtIndex(0)) done.TrySetResult();
            waiting.RemoveAt(0);
        }
    }
}
