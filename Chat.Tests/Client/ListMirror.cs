using System.Collections.ObjectModel;
using System.Collections.Specialized;

namespace Chat.Tests.Client;

/// <summary>A list that knows another only by its changes, as a window does.</summary>
internal sealed class ListMirror<T>
{
    private readonly ReadOnlyObservableCollection<T> source;

    public ListMirror(ReadOnlyObservableCollection<T> source)
    {
        this.source = source;
        Items.AddRange(source);
        ((INotifyCollectionChanged)source).CollectionChanged += Follow;
    }

    public List<T> Items { get; } = [];

    public int Steps { get; private set; }

    public int Resets { get; private set; }

    private void Follow(object? sender, NotifyCollectionChangedEventArgs change)
    {
        Steps++;
        switch (change.Action)
        {
            case NotifyCollectionChangedAction.Add:
                Items.InsertRange(change.NewStartingIndex, change.NewItems!.Cast<T>());
                break;
            case NotifyCollectionChangedAction.Remove:
                Items.RemoveRange(change.OldStartingIndex, change.OldItems!.Count);
                break;
            case NotifyCollectionChangedAction.Replace:
                Items[change.NewStartingIndex] = (T)change.NewItems![0]!;
                break;
            case NotifyCollectionChangedAction.Move:
                Items.RemoveAt(change.OldStartingIndex);
                Items.Insert(change.NewStartingIndex, (T)change.NewItems![0]!);
                break;
            default:
                Resets++;
                Items.Clear();
                Items.AddRange(source);
                break;
        }
    }
}
