using Chat.Contracts;

namespace Chat.Client.Rooms;

/// <summary>Who is typing in a room. Without another notice somebody has stopped after 6 s.</summary>
internal sealed class Typists(TimeProvider time, Action<TypingNotice> ended)
{
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(6);

    private readonly Lock gate = new();
    private readonly List<Typist> typing = [];
    private IReadOnlyList<string> names = [];

    /// <summary>In the order in which they began; never changes afterwards.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (gate) return names;
        }
    }

    public void Hear(TypingNotice notice)
    {
        lock (gate)
        {
            var known = typing.Find(one => one.Notice.UserId == notice.UserId);
            if (known is not null) Forget(known);
            if (!notice.IsTyping) return;
            var typist = new Typist(notice);
            typing.Insert(known is null ? typing.Count : known.Place, typist);
            typist.Timer = time.CreateTimer(_ => Stop(typist), null, Expiry, Timeout.InfiniteTimeSpan);
            Name();
        }
    }

    /// <summary>Whoever has posted is not typing.</summary>
    public void Stop(Guid userId)
    {
        Typist? typist;
        lock (gate) typist = typing.Find(one => one.Notice.UserId == userId);
        if (typist is not null) Stop(typist);
    }

    /// <summary>What happens from now on is not heard.</summary>
    public void Clear()
    {
        List<Typist> all;
        lock (gate) all = [.. typing];
        foreach (var typist in all) Stop(typist);
    }

    private void Stop(Typist typist)
    {
        lock (gate)
            if (!Forget(typist)) return;
        ended(typist.Notice with { IsTyping = false });
    }

    private bool Forget(Typist typist)
    {
        typist.Timer?.Dispose();
        typist.Place = typing.IndexOf(typist);
        if (typist.Place < 0) return false;
        typing.RemoveAt(typist.Place);
        Name();
        return true;
    }

    private void Name() => names = [.. typing.Select(one => one.Notice.Name)];

    private sealed class Typist(TypingNotice notice)
    {
        public TypingNotice Notice { get; } = notice;

        public ITimer? Timer { get; set; }

        public int Place { get; set; }
    }
}
