using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Rooms;

namespace Chat.Hub.Hubs;

internal sealed partial class ChatHub
{
    public async Task<Reply> SendTyping(SendTyping request)
    {
        if (!attendance.Hears(Speaker.UserId, request.RoomId)) return Refusal.NotAMember;
        if (!attendance.MayType(Speaker.UserId, request.RoomId, request.IsTyping)) return Reply.Done;
        await Clients.OthersInGroup(ChatGroups.Room(request.RoomId)).TypingChanged(new TypingNotice
        {
            RoomId = request.RoomId,
            UserId = Speaker.UserId,
            Name = Speaker.Name,
            IsTyping = request.IsTyping,
        });
        return Reply.Done;
    }

    public async Task<Reply<UserPresence>> SetPresence(SetPresence request) =>
        request.Status is PresenceStatus.Offline
            ? Refusal.Invalid("status", "must be online, away or do_not_disturb; to be offline, disconnect.")
            : await attendance.Set(Speaker.UserId, Context.ConnectionId, request.Status);
}
