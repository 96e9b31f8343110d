namespace Chat.Client.Feeds;

/// <summary>Hands what happens to all who read along, each at its own pace.</summary>
/// <param name="skip">What takes the place of what a slow reader did not read.</param>
internal sealed class Feed<T>(Func<IReadOnlyList<T>, IEnumerable<T>> skip)
{
    private readonly Lock gate = new();
    private FeedReader<T>[] readers = [];
    private bool isClosed;

    /// <summary>Whether nobody reads.</summary>
    public bool IsIdle => Volatile.Read(ref readers).Length is 0;

    /// <summary>All that happens from now on. To be read once.</summary>
    public FeedReader<T> Read(CancellationToken ct)
    {
        var reader = new FeedReader<T>(this, skip, ct);
        lock (gate)
        {
            if (isClosed) reader.Close();
            else readers = [.. readers, reader];
        }
        // Somebody may never begin to read.
        if (ct.CanBeCanceled) reader.EndsWith(ct.Register(() => Remove(reader)));
        return reader;
    }

    public void Put(T item)
    {
        lock (gate)
            foreach (var reader in readers) reader.Put(item);
    }

    public void Remove(FeedReader<T> reader)
    {
        lock (gate) readers = [.. readers.Where(one => one != reader)];
    }

    /// <summary>Nothing more will happen: readers end when they have read what is there.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            foreach (var reader in readers) reader.Close();
            readers = [];
        }
    }
}
