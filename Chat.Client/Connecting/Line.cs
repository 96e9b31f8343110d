using System.Runtime.CompilerServices;
using Chat.Contracts;

namespace Chat.Client.Connecting;

/// <summary>The way to the server as callers see it: up, down for now (they wait), or cut (they are told why).</summary>
internal sealed class Line
{
    private readonly Lock gate = new();
    private TaskCompletionSource changed = NewSource();
    private readonly ConditionalWeakTable<Exception, Line> reasons = [];
    private Exception? cut;

    public Line()
    {
        cut = new InvalidOperationException("The client is not started.");
        reasons.Add(cut, this);
    }

    /// <summary>Nobody gets through until further notice, and this is why.</summary>
    public event Action<Exception>? WasCut;

    /// <summary>The link that is up; null when there is none.</summary>
    public Link? Current { get; private set; }

    public bool IsCut
    {
        get
        {
            lock (gate) return cut is not null;
        }
    }

    /// <summary>Whether callers were told this because the line was cut, now or earlier, and not by the server's answer to what they asked.</summary>
    public bool WasCutBy(Exception reason) => reasons.TryGetValue(reason, out _);

    /// <summary>Why callers are turned away; null where they are not, or wait.</summary>
    /// <param name="overSignIn">Whether they wait also while nobody is signed in.</param>
    public Exception? CutFor(bool overSignIn)
    {
        lock (gate) return overSignIn && cut is ChatException { Code: ErrorCode.Unauthenticated } ? null : cut;
    }

    public void Up(Link link) => Change(link, null);

    /// <summary>Down for now. Whoever notices first that a link is dead says so, lest others spin on it.</summary>
    public void Down(Link link)
    {
        lock (gate)
            if (Current == link) Current = null;
    }

    /// <summary>Down until further notice.</summary>
    public void Cut(Exception reason)
    {
        reasons.GetValue(reason, _ => this);
        Change(null, reason);
        WasCut?.Invoke(reason);
    }

    /// <summary>No longer cut: a link is being made.</summary>
    public void Open() => Change(null, null);

    /// <summary>The link, as soon as there is one.</summary>
    /// <param name="overSignIn">Whether to wait also while nobody is signed in.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <exception cref="Exception">The reason why the line is cut.</exception>
    public async Task<Link> WaitAsync(bool overSignIn, CancellationToken ct)
    {
        while (true)
        {
            Task change;
            lock (gate)
            {
                if (Current is { HasEnded: false } link) return link;
                if (CutFor(overSignIn) is { } reason) throw reason;
                change = changed.Task;
            }
            await change.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    private void Change(Link? link, Exception? reason)
    {
        TaskCompletionSource before;
        lock (gate)
        {
            (Current, cut) = (link, reason);
            (before, changed) = (changed, NewSource());
        }
        before.TrySetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
