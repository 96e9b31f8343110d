using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Nodes;
using Chat.Hub.Rooms;

namespace Chat.Hub.Hubs;

internal sealed partial class ChatHub
{
    public async Task<Reply> SendTyping(SendTyping request)
    {
        if (!attendance.Hears(Speaker.UserId, request.RoomId)) return Refusal.NotAMember;
        if (!attendance.MayType(Speaker.UserId, request.RoomId, request.IsTyping)) return Reply.Done;
        var notice = new TypingNotice { RoomId = request.RoomId, UserId = Speaker.UserId, Name = Speaker.Name, IsTyping = request.IsTyping };
        backplane.SayIn(request.RoomId, new TypingTold(notice));
        await Clients.OthersInGroup(ChatGroups.Room(request.RoomId)).TypingChanged(notice);
        return Reply.Done;
    }

    public async Task<Reply<UserPresence>> SetPresence(SetPresence request)
    {
        if (request.Status is PresenceStatus.Offline)
            return Refusal.Invalid("status", "must be online, away or do_not_disturb; to be offline, disconnect.");
        await attendance.Set(Speaker.UserId, Context.ConnectionId, request.Status);
        return people.Of(Speaker.UserId);
    }

    public async Task<Reply<UserPresence>> SetStatusText(SetStatusText request) =>
        limiter.Refusal(Speaker.UserId) is { } wait ? wait : await people.Say(Speaker.UserId, request, Context.ConnectionAborted);

    public Task<Reply<PeoplePage>> FindPeople(FindPeople request) => people.Find(request, Context.ConnectionAborted);
}
