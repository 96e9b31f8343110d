using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Hubs;

internal sealed partial class ChatHub
{
    public async Task<Reply<RoomPage>> ListRooms(ListRooms request) =>
        PageRules.Check(request) is { } mistake ? mistake : await store.ListRooms(Speaker.UserId, request, Context.ConnectionAborted);

    public async Task<Reply<RoomSummary>> GetRoom(GetRoom request) =>
        await pages.FindRoom(request.RoomId, Speaker.UserId, Context.ConnectionAborted) is { Room.DeletedAt: null } seen
        && (seen.IsMember || seen.Room.Kind is RoomKind.Public || seen.Mine is { State: MemberState.Invited })
            ? seen.Summary
            : Refusal.NotFound("room");

    public async Task<Reply<RoomEntry>> CreateRoom(CreateRoom request) =>
        limiter.Refusal(Speaker.UserId) is { } wait ? wait : await entrance.Create(Speaker, request, Context.ConnectionAborted);

    public async Task<Reply<Room>> UpdateRoom(UpdateRoom request) =>
        limiter.Refusal(Speaker.UserId) is { } wait ? wait : await entrance.Update(Speaker, request, Context.ConnectionAborted);

    public async Task<Reply> DeleteRoom(DeleteRoom request) =>
        (await Change<Room>(new RemoveRoom(request.RoomId, Speaker, request.Reason))).Error is { } refusal ? refusal : Reply.Done;

    public async Task<Reply<RoomEntry>> OpenDirect(OpenDirect request) =>
        limiter.Refusal(Speaker.UserId) is { } wait ? wait : await entrance.Meet(Speaker, request, Context.ConnectionAborted);

    public async Task<Reply<RoomEntry>> JoinRoom(JoinRoom request) =>
        limiter.Refusal(Speaker.UserId) is { } wait ? wait : await entrance.Join(Speaker, request, Context.ConnectionAborted);

    public async Task<Reply> LeaveRoom(LeaveRoom request) =>
        (await Change<Member>(new QuitRoom(Speaker, request.RoomId))).Error is { } refusal ? refusal : Reply.Done;

    public async Task<Reply<Member>> Invite(MemberReference request) =>
        limiter.Refusal(Speaker.UserId) is { } wait ? wait : await entrance.Invite(Speaker, request, Context.ConnectionAborted);

    public async Task<Reply> RevokeInvitation(MemberReference request) =>
        limiter.Refusal(Speaker.UserId) is { } wait ? wait
        : await entrance.EndInvitation(Speaker, request.RoomId, request.UserId, Context.ConnectionAborted);

    public async Task<Reply> DeclineInvitation(DeclineInvitation request) =>
        limiter.Refusal(Speaker.UserId) is { } wait ? wait
        : await entrance.EndInvitation(Speaker, request.RoomId, Speaker.UserId, Context.ConnectionAborted);

    public async Task<Reply<InviteLink>> CreateInviteLink(CreateInviteLink request) =>
        limiter.Refusal(Speaker.UserId) is { } wait ? wait : await entrance.MakeLink(Speaker, request, Context.ConnectionAborted);

    public async Task<Reply<InviteLinkList>> ListInviteLinks(ListInviteLinks request) =>
        await Barred(Act.ManageLinks, request.RoomId) is { } refusal
            ? refusal
            : new InviteLinkList { Links = [.. (await pages.ListLinks(request.RoomId, time.Now, Context.ConnectionAborted)).Select(entrance.WithCode)] };

    public async Task<Reply> RevokeInviteLink(RevokeInviteLink request)
    {
        if (limiter.Refusal(Speaker.UserId) is { } wait) return wait;
        return (await log.Write(new EndLink(Speaker, request.RoomId, request.LinkId), Context.ConnectionAborted)).Error is { } refusal ? refusal : Reply.Done;
    }

    public Task<Reply<RoomSummary>> LookAtInvite(LookAtInvite request) =>
        entrance.LookAt(Speaker, request.Code, time.Now, Context.ConnectionAborted);
}
