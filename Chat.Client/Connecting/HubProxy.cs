using Chat.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Client.Connecting;

/// <summary>The hub seen from afar: one line a method, so that a method of the contract that is missing here does not compile.</summary>
internal sealed class HubProxy(HubConnection connection, CancellationToken ct) : IChatHub
{
    public Task<Reply<Connected>> Connect(Connect request) => connection.InvokeAsync<Reply<Connected>>(nameof(Connect), request, ct);
    public Task<Reply<RoomPage>> ListRooms(ListRooms request) => connection.InvokeAsync<Reply<RoomPage>>(nameof(ListRooms), request, ct);
    public Task<Reply<RoomSummary>> GetRoom(GetRoom request) => connection.InvokeAsync<Reply<RoomSummary>>(nameof(GetRoom), request, ct);
    public Task<Reply<RoomEntry>> CreateRoom(CreateRoom request) => connection.InvokeAsync<Reply<RoomEntry>>(nameof(CreateRoom), request, ct);
    public Task<Reply<Room>> UpdateRoom(UpdateRoom request) => connection.InvokeAsync<Reply<Room>>(nameof(UpdateRoom), request, ct);
    public Task<Reply> DeleteRoom(DeleteRoom request) => connection.InvokeAsync<Reply>(nameof(DeleteRoom), request, ct);
    public Task<Reply<RoomEntry>> OpenDirect(OpenDirect request) => connection.InvokeAsync<Reply<RoomEntry>>(nameof(OpenDirect), request, ct);
    public Task<Reply<RoomEntry>> JoinRoom(JoinRoom request) => connection.InvokeAsync<Reply<RoomEntry>>(nameof(JoinRoom), request, ct);
    public Task<Reply> LeaveRoom(LeaveRoom request) => connection.InvokeAsync<Reply>(nameof(LeaveRoom), request, ct);
    public Task<Reply<Member>> Invite(MemberReference request) => connection.InvokeAsync<Reply<Member>>(nameof(Invite), request, ct);
    public Task<Reply> RevokeInvitation(MemberReference request) => connection.InvokeAsync<Reply>(nameof(RevokeInvitation), request, ct);
    public Task<Reply> DeclineInvitation(DeclineInvitation request) => connection.InvokeAsync<Reply>(nameof(DeclineInvitation), request, ct);
    public Task<Reply<InviteLink>> CreateInviteLink(CreateInviteLink request) => connection.InvokeAsync<Reply<InviteLink>>(nameof(CreateInviteLink), request, ct);
    public Task<Reply<InviteLinkList>> ListInviteLinks(ListInviteLinks request) => connection.InvokeAsync<Reply<InviteLinkList>>(nameof(ListInviteLinks), request, ct);
    public Task<Reply> RevokeInviteLink(RevokeInviteLink request) => connection.InvokeAsync<Reply>(nameof(RevokeInviteLink), request, ct);
    public Task<Reply<RoomSummary>> LookAtInvite(LookAtInvite request) => connection.InvokeAsync<Reply<RoomSummary>>(nameof(LookAtInvite), request, ct);
    public Task<Reply<MemberPage>> ListMembers(ListMembers request) => connection.InvokeAsync<Reply<MemberPage>>(nameof(ListMembers), request, ct);
    public Task<Reply<Member>> SetRole(SetRole request) => connection.InvokeAsync<Reply<Member>>(nameof(SetRole), request, ct);
    public Task<Reply<Member>> Kick(KickMember request) => connection.InvokeAsync<Reply<Member>>(nameof(Kick), request, ct);
    public Task<Reply<Member>> Ban(BanMember request) => connection.InvokeAsync<Reply<Member>>(nameof(Ban), request, ct);
    public Task<Reply<Member>> Unban(MemberReference request) => connection.InvokeAsync<Reply<Member>>(nameof(Unban), request, ct);
    public Task<Reply<Member>> Mute(MuteMember request) => connection.InvokeAsync<Reply<Member>>(nameof(Mute), request, ct);
    public Task<Reply<AuditPage>> ListAudit(ListAudit request) => connection.InvokeAsync<Reply<AuditPage>>(nameof(ListAudit), request, ct);
    public Task<Reply<Message>> SendMessage(SendMessage request) => connection.InvokeAsync<Reply<Message>>(nameof(SendMessage), request, ct);
    public Task<Reply<Message>> EditMessage(EditMessage request) => connection.InvokeAsync<Reply<Message>>(nameof(EditMessage), request, ct);
    public Task<Reply<Message>> DeleteMessage(MessagePlace request) => connection.InvokeAsync<Reply<Message>>(nameof(DeleteMessage), request, ct);
    public Task<Reply<Edits>> GetEdits(MessagePlace request) => connection.InvokeAsync<Reply<Edits>>(nameof(GetEdits), request, ct);
    public Task<Reply<Message>> SetReaction(SetReaction request) => connection.InvokeAsync<Reply<Message>>(nameof(SetReaction), request, ct);
    public Task<Reply<Message>> SetPin(SetPin request) => connection.InvokeAsync<Reply<Message>>(nameof(SetPin), request, ct);
    public Task<Reply<MessageList>> ListPins(ListPins request) => connection.InvokeAsync<Reply<MessageList>>(nameof(ListPins), request, ct);
    public Task<Reply<History>> GetHistory(GetHistory request) => connection.InvokeAsync<Reply<History>>(nameof(GetHistory), request, ct);
    public Task<Reply<RoomSync>> Sync(SyncRoom request) => connection.InvokeAsync<Reply<RoomSync>>(nameof(Sync), request, ct);
    public Task<Reply<SearchPage>> Search(SearchMessages request) => connection.InvokeAsync<Reply<SearchPage>>(nameof(Search), request, ct);
    public Task<Reply<ReadMarker>> MarkRead(MarkRead request) => connection.InvokeAsync<Reply<ReadMarker>>(nameof(MarkRead), request, ct);
    public Task<Reply<ReaderList>> ListReaders(ListReaders request) => connection.InvokeAsync<Reply<ReaderList>>(nameof(ListReaders), request, ct);
    public Task<Reply<Message>> BeginStream(StreamStart request) => connection.InvokeAsync<Reply<Message>>(nameof(BeginStream), request, ct);
    public Task<Reply<StreamProgress>> AppendStream(StreamPiece request) => connection.InvokeAsync<Reply<StreamProgress>>(nameof(AppendStream), request, ct);
    public Task<Reply<Message>> EndStream(StreamEnd request) => connection.InvokeAsync<Reply<Message>>(nameof(EndStream), request, ct);
    public Task<Reply> SendTyping(SendTyping request) => connection.InvokeAsync<Reply>(nameof(SendTyping), request, ct);
    public Task<Reply<UserPresence>> SetPresence(SetPresence request) => connection.InvokeAsync<Reply<UserPresence>>(nameof(SetPresence), request, ct);
    public Task<Reply<UserPresence>> SetStatusText(SetStatusText request) => connection.InvokeAsync<Reply<UserPresence>>(nameof(SetStatusText), request, ct);
    public Task<Reply<PeoplePage>> FindPeople(FindPeople request) => connection.InvokeAsync<Reply<PeoplePage>>(nameof(FindPeople), request, ct);
    public Task<Reply<SessionList>> ListSessions(ListSessions request) => connection.InvokeAsync<Reply<SessionList>>(nameof(ListSessions), request, ct);
    public Task<Reply> RevokeSessions(RevokeSessions request) => connection.InvokeAsync<Reply>(nameof(RevokeSessions), request, ct);
    public Task<Reply<SessionData>> GetSessionData(GetSessionData request) => connection.InvokeAsync<Reply<SessionData>>(nameof(GetSessionData), request, ct);
    public Task<Reply<SessionData>> SetSessionData(SetSessionData request) => connection.InvokeAsync<Reply<SessionData>>(nameof(SetSessionData), request, ct);
    public Task<Reply<IncomingWebhook>> CreateIncomingWebhook(CreateIncomingWebhook request) => connection.InvokeAsync<Reply<IncomingWebhook>>(nameof(CreateIncomingWebhook), request, ct);
    public Task<Reply<OutgoingWebhook>> CreateOutgoingWebhook(CreateOutgoingWebhook request) => connection.InvokeAsync<Reply<OutgoingWebhook>>(nameof(CreateOutgoingWebhook), request, ct);
    public Task<Reply<WebhookList>> ListWebhooks(ListWebhooks request) => connection.InvokeAsync<Reply<WebhookList>>(nameof(ListWebhooks), request, ct);
    public Task<Reply> DeleteWebhook(WebhookReference request) => connection.InvokeAsync<Reply>(nameof(DeleteWebhook), request, ct);
    public Task<Reply<OutgoingWebhook>> ResumeWebhook(WebhookReference request) => connection.InvokeAsync<Reply<OutgoingWebhook>>(nameof(ResumeWebhook), request, ct);
    public Task<Reply<Pong>> Ping(Ping request) => connection.InvokeAsync<Reply<Pong>>(nameof(Ping), request, ct);
}
