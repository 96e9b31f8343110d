namespace Chat.Client.Views;

/// <summary>Brings views up to date where events are told: one pass for all that happened since the last, never two at once.</summary>
internal sealed class Passes(ClientGear gear)
{
    private readonly Lock gate = new();
    private HashSet<BindableView> marked = [];
    private bool isUnderway;
    private bool isClosed;

    /// <summary>How many there were.</summary>
    public int Count { get; private set; }

    public void Mark(BindableView view)
    {
        lock (gate)
        {
            if (isClosed) return;
            marked.Add(view);
            if (isUnderway) return;
            isUnderway = true;
        }
        Post();
    }

    /// <summary>From now on nothing changes; a pass that waits already shows the end.</summary>
    public void Close()
    {
        lock (gate) isClosed = true;
    }

    private void Post()
    {
        try
        {
            if (gear.Options.EventContext is { } context) context.Post(_ => Run(), null);
            else ThreadPool.QueueUserWorkItem(_ => Run());
        }
        catch (Exception e)
        {
            // A context of a program that is ending: its views are no longer looked at.
            gear.Logger.PassFailed(e);
            lock (gate) isUnderway = false;
        }
    }

    private void Run()
    {
        HashSet<BindableView> views;
        lock (gate) (views, marked) = (marked, []);
        Count++;
        // The client's view last: it shows its rooms in the order of their titles.
        foreach (var view in views.OrderBy(view => view is ChatView)) Refresh(view);
        lock (gate)
        {
            isUnderway = marked.Count > 0;
            if (!isUnderway) return;
        }
        // Not in a loop: others want the context too.
        Post();
    }

    private void Refresh(BindableView view)
    {
        try
        {
            view.Refresh();
        }
        catch (Exception e)
        {
            gear.Logger.PassFailed(e);
        }
    }
}
