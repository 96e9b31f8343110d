using System.ComponentModel;
using System.Runtime.CompilerServices;
using Chat.Client.Views;
using Microsoft.Extensions.Logging;

namespace Chat.Client;

/// <summary>
/// Something that is shown. It changes only in <see cref="ChatClientOptions.EventContext"/>, and tells its changes when all of them
/// are made.
/// </summary>
public abstract class BindableView : INotifyPropertyChanged
{
    private readonly Passes? passes;
    private readonly ILogger log;
    private readonly List<string> changed = [];

    private protected BindableView(Passes? passes, ILogger log) => (this.passes, this.log) = (passes, log);

    /// <summary>A property has another value.</summary>
    public event PropertyChangedEventHandler? PropertyChanged;

    /// <summary>It is to be brought up to date; any thread may say so.</summary>
    internal void Mark() => passes!.Mark(this);

    /// <summary>Takes what is so now.</summary>
    internal abstract void Refresh();

    /// <summary>Sets a property; <see cref="TellChanges"/> follows.</summary>
    private protected void Set<T>(ref T field, T value, [CallerMemberName] string name = "")
    {
        if (EqualityComparer<T>.Default.Equals(field, value)) return;
        field = value;
        changed.Add(name);
    }

    private protected void TellChanges()
    {
        if (changed.Count is 0) return;
        string[] names = [.. changed];
        changed.Clear();
        if (PropertyChanged is not { } handlers) return;
        foreach (var name in names)
        {
            try
            {
                handlers(this, new PropertyChangedEventArgs(name));
            }
            catch (Exception e)
            {
                log.HandlerFailed(name, e);
            }
        }
    }
}
