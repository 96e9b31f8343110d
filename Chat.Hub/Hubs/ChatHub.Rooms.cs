using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;

namespace Chat.Hub.Hubs;

internal sealed partial class ChatHub
{
    public async Task<Reply<RoomPage>> ListRooms(ListRooms request) =>
        PageRules.Check(request) is { } mistake ? mistake : await store.ListRooms(Speaker.UserId, request, Context.ConnectionAborted);

    public Task<Reply<RoomEntry>> CreateRoom(CreateRoom request) => WriteAndEnter(new FoundRoom(Speaker, request));

    public Task<Reply<RoomEntry>> JoinRoom(JoinRoom request) => WriteAndEnter(new EnterRoom(Speaker, request.RoomId));

    public async Task<Reply> LeaveRoom(LeaveRoom request)
    {
        if (limiter.Refusal(Speaker.UserId) is { } wait) return wait;
        var written = await log.Write(new QuitRoom(Speaker, request.RoomId), Context.ConnectionAborted);
        return written.Error is { } refusal ? refusal : Reply.Done;
    }

    public async Task<Reply<MemberPage>> ListMembers(ListMembers request)
    {
        if (PageRules.Check(request) is { } mistake) return mistake;
        if (await Barred(request.RoomId) is { } refusal) return refusal;
        var page = await store.ListMembers(request, Context.ConnectionAborted);
        return page with
        {
            Presence = await people.In(request.RoomId, page.Members, Context.ConnectionAborted),
            OnlineCount = roster.OnlineIn(request.RoomId),
        };
    }

    // The snapshot is read after the connections were attached: nothing can fall between the two.
    private async Task<Reply<RoomEntry>> WriteAndEnter(RoomChange change)
    {
        if (limiter.Refusal(Speaker.UserId) is { } wait) return wait;
        var mine = await store.RoomsOf(Speaker.UserId, Context.ConnectionAborted);
        if (mine.Count >= PageLimits.RoomsOfUser && mine.All(room => room.RoomId != change.RoomId))
            return Refusal.Of(ErrorCode.Forbidden, $"You are in {mine.Count} rooms already. Leave one first.");
        var written = await log.Write(change, Context.ConnectionAborted);
        if (written.Error is { } refusal) return refusal;
        return await store.Enter(change.RoomId, Speaker.UserId, Context.ConnectionAborted) is { } entry ? entry : Refusal.NotAMember;
    }
}
