using Chat.Contracts;

namespace Chat.Client.Rooms;

/// <summary>Who of a room is here, as far as it was told: by notices, and by pages of members.</summary>
internal sealed class People
{
    private readonly Dictionary<Guid, UserPresence> here = [];
    private readonly HashSet<List<PresenceNotice>> onTheirWay = [];
    private IReadOnlyDictionary<Guid, UserPresence>? copy;
    private bool isStale;

    /// <summary>Who is not offline; never changes afterwards.</summary>
    public IReadOnlyDictionary<Guid, UserPresence> Here => copy ??= new Dictionary<Guid, UserPresence>(here);

    /// <summary>How many are not offline; 0 before it was told.</summary>
    public int OnlineCount { get; private set; }

    /// <summary>Whether somebody asked for it, so that it is kept over connections.</summary>
    public bool IsWanted { get; set; }

    public void Hear(PresenceNotice notice)
    {
        foreach (var meanwhile in onTheirWay) meanwhile.Add(notice);
        Take(notice);
    }

    /// <summary>A page is about to be asked for: what is heard until it is here is newer than it.</summary>
    public List<PresenceNotice> Expect()
    {
        var meanwhile = new List<PresenceNotice>();
        onTheirWay.Add(meanwhile);
        return meanwhile;
    }

    /// <summary>The page is here.</summary>
    /// <param name="meanwhile">From <see cref="Expect"/>.</param>
    /// <param name="page">The page.</param>
    /// <param name="isFirst">Whether it is the first one of all members.</param>
    public void Take(List<PresenceNotice> meanwhile, MemberPage page, bool isFirst)
    {
        if (isFirst && (isStale || page.Next is null)) here.Clear();
        isStale &= !isFirst;
        foreach (var member in page.Members) here.Remove(member.UserId);
        foreach (var presence in page.Presence) Enter(presence);
        OnlineCount = page.OnlineCount;
        copy = null;
        foreach (var notice in meanwhile) Take(notice);
    }

    /// <summary>The page is here, or will not come.</summary>
    public void Forget(List<PresenceNotice> meanwhile) => onTheirWay.Remove(meanwhile);

    public void Leave(Guid userId)
    {
        if (here.Remove(userId)) copy = null;
    }

    /// <summary>On a new connection: what happened meanwhile was not told.</summary>
    public void Doubt()
    {
        foreach (var meanwhile in onTheirWay) meanwhile.Clear();
        isStale = true;
        if (IsWanted) return;
        here.Clear();
        (copy, OnlineCount) = (null, 0);
    }

    private void Take(PresenceNotice notice)
    {
        OnlineCount = notice.OnlineCount;
        if (notice.User is not { } user) return;
        here.Remove(user.UserId);
        Enter(user);
        copy = null;
    }

    private void Enter(UserPresence presence)
    {
        if (presence.Status is not (PresenceStatus.Offline or PresenceStatus.Unknown)) here[presence.UserId] = presence;
    }
}
