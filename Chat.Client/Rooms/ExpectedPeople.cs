using Chat.Contracts;

namespace Chat.Client.Rooms;

/// <summary>A page of members that is on its way: what is heard of them meanwhile is newer than it.</summary>
internal sealed class ExpectedPeople : IDisposable
{
    private readonly RoomState state;
    private readonly Action changed;
    private readonly List<PresenceNotice> meanwhile;

    public ExpectedPeople(RoomState state, Action changed)
    {
        (this.state, this.changed) = (state, changed);
        lock (state.Gate) meanwhile = state.People.Expect();
    }

    public void Take(MemberPage page, bool isFirst)
    {
        lock (state.Gate) state.People.Take(meanwhile, page, isFirst);
        changed();
    }

    public void Dispose()
    {
        lock (state.Gate) state.People.Forget(meanwhile);
    }
}
