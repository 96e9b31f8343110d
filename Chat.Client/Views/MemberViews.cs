using System.Collections.ObjectModel;
using Chat.Contracts;
using Microsoft.Extensions.Logging;

namespace Chat.Client.Views;

/// <summary>Those who are in a room, by name, each one object for as long as it is there.</summary>
internal sealed class MemberViews(ILogger log)
{
    private readonly ViewList<MemberView> list = new(log);
    private Dictionary<Guid, MemberView> shown = [];
    private (IReadOnlyList<Member>?, IReadOnlyDictionary<Guid, UserPresence>?) last;

    public ReadOnlyObservableCollection<MemberView> List => field ??= new(list);

    public void Show(IReadOnlyList<Member> members, IReadOnlyDictionary<Guid, UserPresence> presence)
    {
        if (last == (members, presence)) return;
        last = (members, presence);
        var next = new Dictionary<Guid, MemberView>(members.Count);
        foreach (var member in members)
        {
            var view = next[member.UserId] = shown.GetValueOrDefault(member.UserId) ?? new MemberView(member, log);
            view.Show(member, presence.GetValueOrDefault(member.UserId));
        }
        shown = next;
        list.Become([.. next.Values]);
        foreach (var view in next.Values) view.Refresh();
    }
}
