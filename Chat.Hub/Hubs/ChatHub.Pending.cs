using Chat.Contracts;

namespace Chat.Hub.Hubs;

// Not written yet: each is taken away with the piece that answers it.
internal sealed partial class ChatHub
{
    public Task<Reply<RoomSummary>> GetRoom(GetRoom request) => throw new NotImplementedException();
    public Task<Reply<Room>> UpdateRoom(UpdateRoom request) => throw new NotImplementedException();
    public Task<Reply> DeleteRoom(DeleteRoom request) => throw new NotImplementedException();
    public Task<Reply<RoomEntry>> OpenDirect(OpenDirect request) => throw new NotImplementedException();
    public Task<Reply<Member>> Invite(MemberReference request) => throw new NotImplementedException();
    public Task<Reply> RevokeInvitation(MemberReference request) => throw new NotImplementedException();
    public Task<Reply> DeclineInvitation(DeclineInvitation request) => throw new NotImplementedException();
    public Task<Reply<InviteLink>> CreateInviteLink(CreateInviteLink request) => throw new NotImplementedException();
    public Task<Reply<InviteLinkList>> ListInviteLinks(ListInviteLinks request) => throw new NotImplementedException();
    public Task<Reply> RevokeInviteLink(RevokeInviteLink request) => throw new NotImplementedException();
    public Task<Reply<RoomSummary>> LookAtInvite(LookAtInvite request) => throw new NotImplementedException();
    public Task<Reply<Member>> SetRole(SetRole request) => throw new NotImplementedException();
    public Task<Reply<Member>> Kick(KickMember request) => throw new NotImplementedException();
    public Task<Reply<Member>> Ban(BanMember request) => throw new NotImplementedException();
    public Task<Reply<Member>> Unban(MemberReference request) => throw new NotImplementedException();
    public Task<Reply<Member>> Mute(MuteMember request) => throw new NotImplementedException();
    public Task<Reply<AuditPage>> ListAudit(ListAudit request) => throw new NotImplementedException();
    public Task<Reply<Message>> EditMessage(EditMessage request) => throw new NotImplementedException();
    public Task<Reply<Message>> DeleteMessage(MessagePlace request) => throw new NotImplementedException();
    public Task<Reply<Edits>> GetEdits(MessagePlace request) => throw new NotImplementedException();
    public Task<Reply<Message>> SetReaction(SetReaction request) => throw new NotImplementedException();
    public Task<Reply<Message>> SetPin(SetPin request) => throw new NotImplementedException();
    public Task<Reply<MessageList>> ListPins(ListPins request) => throw new NotImplementedException();
    public Task<Reply<SearchPage>> Search(SearchMessages request) => throw new NotImplementedException();
    public Task<Reply<ReaderList>> ListReaders(ListReaders request) => throw new NotImplementedException();
    public Task<Reply<Message>> BeginStream(StreamStart request) => throw new NotImplementedException();
    public Task<Reply<StreamProgress>> AppendStream(StreamPiece request) => throw new NotImplementedException();
    public Task<Reply<Message>> EndStream(StreamEnd request) => throw new NotImplementedException();
    public Task<Reply<IncomingWebhook>> CreateIncomingWebhook(CreateIncomingWebhook request) => throw new NotImplementedException();
    public Task<Reply<OutgoingWebhook>> CreateOutgoingWebhook(CreateOutgoingWebhook request) => throw new NotImplementedException();
    public Task<Reply<WebhookList>> ListWebhooks(ListWebhooks request) => throw new NotImplementedException();
    public Task<Reply> DeleteWebhook(WebhookReference request) => throw new NotImplementedException();
    public Task<Reply<OutgoingWebhook>> ResumeWebhook(WebhookReference request) => throw new NotImplementedException();
}
