using Chat.Contracts;
using Microsoft.Extensions.Logging;

namespace Chat.Client;

/// <summary>A member as it is shown. Changed only in <see cref="ChatClientOptions.EventContext"/>.</summary>
public sealed class MemberView : BindableView
{
    internal MemberView(Member member, ILogger log) : base(null, log) => Member = member;

    /// <summary>The member.</summary>
    public Member Member { get; private set => Set(ref field, value); }

    /// <summary>Its name.</summary>
    public string Name { get; private set => Set(ref field, value); } = "";

    /// <summary>Whether it is here, as far as it was told; see <see cref="ChatRoom.LoadPeopleAsync"/>.</summary>
    public PresenceStatus Status { get; private set => Set(ref field, value); } = PresenceStatus.Offline;

    /// <summary>What it says of itself while it is here; empty for nothing.</summary>
    public string StatusText { get; private set => Set(ref field, value); } = "";

    internal override void Refresh() => TellChanges();

    internal void Show(Member member, UserPresence? presence)
    {
        (Member, Name) = (member, member.Name);
        (Status, StatusText) = (presence?.Status ?? PresenceStatus.Offline, presence?.Text ?? "");
    }
}
