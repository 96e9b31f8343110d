using Chat.Contracts;

namespace Chat.Hub.Presence;

/// <summary>How somebody with several devices is seen.</summary>
internal static class Statuses
{
    /// <summary>The best of all; do-not-disturb on one is meant for all.</summary>
    public static PresenceStatus Best(IEnumerable<PresenceStatus> statuses)
    {
        var best = PresenceStatus.Offline;
        foreach (var status in statuses)
        {
            if (status is PresenceStatus.DoNotDisturb) return status;
            if (status > best) best = status;
        }
        return best;
    }
}
