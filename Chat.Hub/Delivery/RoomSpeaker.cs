using Chat.Contracts;
using Chat.Hub.Hubs;
using Chat.Hub.Presence;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Hub.Delivery;

/// <summary>
/// Says a record to this node's connections that hear its room. A member that came in hears the room from its own record
/// on; one that went hears nothing after it.
/// </summary>
internal sealed partial class RoomSpeaker(IHubContext<ChatHub, IChatClient> hub, Fanout fanout, Attendance attendance, Audience audience, Roster roster, ILogger<RoomSpeaker> logger)
{
    /// <summary>Several messages of one room, in their order. Answers how many connections hear it.</summary>
    public async Task<int> Tell(IReadOnlyList<Message> messages)
    {
        try
        {
            return await fanout.Tell(ChatGroups.Room(messages[0].RoomId), [.. messages.Select(message => new InvocationMessage(nameof(IChatClient.MessageChanged), [message]))]);
        }
        catch (Exception e)
        {
            LogNotTold(e, messages[0].RoomId, messages[0].Version);
            return 0;
        }
    }

    public async Task Tell(RoomRecord record)
    {
        try
        {
            var room = hub.Clients.Group(ChatGroups.Room(record.RoomId));
            switch (record)
            {
                case Room { DeletedAt: not null } gone:
                    await room.RoomDeleted(new RoomDeleted { RoomId = gone.RoomId, Reason = gone.DeletedReason ?? "" });
                    foreach (var userId in audience.ListenersOf(gone.RoomId)) await attendance.Detach(userId, gone.RoomId);
                    break;
                case Room changed:
                    await room.RoomChanged(changed);
                    break;
                case Member { State: MemberState.Active } member:
                    await attendance.Attach(member.UserId, member.RoomId, member.Version);
                    await room.MemberChanged(member);
                    roster.Recall(member.RoomId, member.UserId);
                    break;
                case Member member:
                    await room.MemberChanged(member);
                    await attendance.Detach(member.UserId, member.RoomId);
                    break;
            }
        }
        catch (Exception e)
        {
            // It is stored; whoever missed it learns of it by the heads.
            LogNotTold(e, record.RoomId, record.Version);
        }
    }

    public async Task TellHead(RoomHead head)
    {
        try
        {
            await hub.Clients.Group(ChatGroups.Room(head.RoomId)).HeadsAnnounced(new Heads { Rooms = [head] });
        }
        catch (Exception e)
        {
            // One round that fails must not be the last: the head is told again with the next change.
            LogNotTold(e, head.RoomId, head.Head);
        }
    }

    [LoggerMessage(10, LogLevel.Error, "Change {Version} of room {RoomId} was stored but not told.")]
    private partial void LogNotTold(Exception exception, Guid roomId, long version);
}
