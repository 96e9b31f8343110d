using System.Collections.Specialized;
using Chat.Samples.Desktop.Gtk;

namespace Chat.Samples.Desktop;

/// <summary>A GtkListBox that follows an observable collection, a row for each item, moving no more than the collection says.</summary>
internal sealed class Mirror<TItem, TRow> : IDisposable where TRow : class, IRow
{
    private readonly nint list;
    private readonly IReadOnlyList<TItem> items;
    private readonly Func<TItem, TRow> make;
    private readonly List<TRow> rows = [];

    public Mirror(nint list, IReadOnlyList<TItem> items, Func<TItem, TRow> make)
    {
        (this.list, this.items, this.make) = (list, items, make);
        ((INotifyCollectionChanged)items).CollectionChanged += Follow;
        Fill();
    }

    /// <summary>The collection has changed, and the list with it.</summary>
    public event Action? Changed;

    public IReadOnlyList<TRow> Rows => rows;

    public void Dispose()
    {
        ((INotifyCollectionChanged)items).CollectionChanged -= Follow;
        Clear();
    }

    private void Follow(object? sender, NotifyCollectionChangedEventArgs change)
    {
        switch (change.Action)
        {
            case NotifyCollectionChangedAction.Add:
                for (var i = 0; i < change.NewItems!.Count; i++) Insert(change.NewStartingIndex + i, make((TItem)change.NewItems[i]!));
                break;
            case NotifyCollectionChangedAction.Remove:
                for (var i = 0; i < change.OldItems!.Count; i++) Remove(change.OldStartingIndex).Dispose();
                break;
            case NotifyCollectionChangedAction.Replace:
                Remove(change.OldStartingIndex).Dispose();
                Insert(change.NewStartingIndex, make((TItem)change.NewItems![0]!));
                break;
            case NotifyCollectionChangedAction.Move:
                Remove(change.OldStartingIndex).Dispose();
                Insert(change.NewStartingIndex, make((TItem)change.NewItems![0]!));
                break;
            default:
                Clear();
                Fill();
                break;
        }
        Changed?.Invoke();
    }

    private void Fill()
    {
        foreach (var item in items) Insert(rows.Count, make(item));
    }

    private void Clear()
    {
        while (rows.Count > 0) Remove(rows.Count - 1).Dispose();
    }

    private void Insert(int at, TRow row)
    {
        rows.Insert(at, row);
        Native.gtk_list_box_insert(list, row.Widget, at);
    }

    private TRow Remove(int at)
    {
        var row = rows[at];
        rows.RemoveAt(at);
        Native.gtk_list_box_remove(list, row.Widget);
        return row;
    }
}

/// <summary>What stands for an item in a <see cref="Mirror{TItem, TRow}"/>.</summary>
internal interface IRow : IDisposable
{
    nint Widget { get; }
}
