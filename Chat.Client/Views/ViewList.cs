using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.ComponentModel;
using Microsoft.Extensions.Logging;

namespace Chat.Client.Views;

/// <summary>A list that is shown, which comes from what it was to what it shall be by few steps.</summary>
internal sealed class ViewList<T>(ILogger log) : ObservableCollection<T> where T : class
{
    /// <summary>Inserts, removes, moves and replaces.</summary>
    /// <param name="wanted">Each once.</param>
    public void Become(IReadOnlyList<T> wanted)
    {
        var places = new Dictionary<T, int>(wanted.Count);
        for (var i = 0; i < wanted.Count; i++) places.Add(wanted[i], i);
        var before = new HashSet<T>(Items);
        for (var i = Count - 1; i >= 0; i--)
        {
            if (places.ContainsKey(this[i])) continue;
            // Something new in the same place, between the same ones, takes the place of it.
            if (i < wanted.Count && !before.Contains(wanted[i]) && (i is 0 || Same(this[i - 1], wanted[i - 1]))) SetItem(i, wanted[i]);
            else RemoveAt(i);
        }
        for (var i = 0; i < wanted.Count; i++) Place(wanted, places, i);
    }

    /// <summary>Another list: it is to be read anew.</summary>
    public void Restart(IReadOnlyList<T> wanted)
    {
        Items.Clear();
        foreach (var one in wanted) Items.Add(one);
        OnPropertyChanged(new PropertyChangedEventArgs(nameof(Count)));
        OnPropertyChanged(new PropertyChangedEventArgs("Item[]"));
        OnCollectionChanged(new NotifyCollectionChangedEventArgs(NotifyCollectionChangedAction.Reset));
    }

    protected override void OnCollectionChanged(NotifyCollectionChangedEventArgs e)
    {
        try
        {
            base.OnCollectionChanged(e);
        }
        catch (Exception error)
        {
            log.HandlerFailed(nameof(CollectionChanged), error);
        }
    }

    protected override void OnPropertyChanged(PropertyChangedEventArgs e)
    {
        try
        {
            base.OnPropertyChanged(e);
        }
        catch (Exception error)
        {
            log.HandlerFailed(nameof(PropertyChanged), error);
        }
    }

    // All that are here are wanted, and those before this place are right.
    private void Place(IReadOnlyList<T> wanted, Dictionary<T, int> places, int i)
    {
        // One that goes far down is moved, rather than all those that it passes.
        if (i + 1 < Count && !Same(this[i], wanted[i]) && Same(this[i + 1], wanted[i])) Move(i, Math.Min(places[this[i]], Count - 1));
        if (i < Count && Same(this[i], wanted[i])) return;
        var from = i;
        while (from < Count && !Same(this[from], wanted[i])) from++;
        if (from < Count) Move(from, i);
        else Insert(i, wanted[i]);
    }

    private static bool Same(T one, T other) => EqualityComparer<T>.Default.Equals(one, other);
}
