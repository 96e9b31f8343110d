using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Hubs;

internal sealed partial class ChatHub
{
    public async Task<Reply<MemberPage>> ListMembers(ListMembers request)
    {
        if (PageRules.Check(request) is { } mistake) return mistake;
        if (await Barred(request.State is MemberState.Active ? Act.Read : Act.SeeOutsiders, request.RoomId) is { } refusal) return refusal;
        var page = await store.ListMembers(request, Context.ConnectionAborted);
        return page with
        {
            Presence = await people.In(request.RoomId, page.Members, Context.ConnectionAborted),
            OnlineCount = roster.OnlineIn(request.RoomId),
        };
    }

    public Task<Reply<Member>> SetRole(SetRole request) => Change<Member>(new GiveRole(Speaker, request));

    public Task<Reply<Member>> Kick(KickMember request) => Change<Member>(new TakeOut(Speaker, request));

    public async Task<Reply<Member>> Ban(BanMember request) =>
        await store.FindUser(request.UserId, Context.ConnectionAborted) is { } user
            ? await Change<Member>(new KeepOut(Speaker, request, user))
            : Refusal.NotFound("user");

    public Task<Reply<Member>> Unban(MemberReference request) => Change<Member>(new LetIn(Speaker, request.RoomId, request.UserId));

    public Task<Reply<Member>> Mute(MuteMember request) => Change<Member>(new Silence(Speaker, request));

    public async Task<Reply<AuditPage>> ListAudit(ListAudit request) =>
        PageRules.Check(request) is { } mistake ? mistake
        : await Barred(Act.ReadAudit, request.RoomId) is { } refusal ? refusal
        : await pages.ListAudit(request, Context.ConnectionAborted);
}
