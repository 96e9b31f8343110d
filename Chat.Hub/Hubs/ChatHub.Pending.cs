using Chat.Contracts;

namespace Chat.Hub.Hubs;

// Not written yet: each is taken away with the piece that answers it.
internal sealed partial class ChatHub
{
    public Task<Reply<Message>> BeginStream(StreamStart request) => throw new NotImplementedException();
    public Task<Reply<StreamProgress>> AppendStream(StreamPiece request) => throw new NotImplementedException();
    public Task<Reply<Message>> EndStream(StreamEnd request) => throw new NotImplementedException();
    public Task<Reply<UserPresence>> SetStatusText(SetStatusText request) => throw new NotImplementedException();
    public Task<Reply<PeoplePage>> FindPeople(FindPeople request) => throw new NotImplementedException();
    public Task<Reply<SessionList>> ListSessions(ListSessions request) => throw new NotImplementedException();
    public Task<Reply> RevokeSessions(RevokeSessions request) => throw new NotImplementedException();
    public Task<Reply<SessionData>> GetSessionData(GetSessionData request) => throw new NotImplementedException();
    public Task<Reply<SessionData>> SetSessionData(SetSessionData request) => throw new NotImplementedException();
    public Task<Reply<IncomingWebhook>> CreateIncomingWebhook(CreateIncomingWebhook request) => throw new NotImplementedException();
    public Task<Reply<OutgoingWebhook>> CreateOutgoingWebhook(CreateOutgoingWebhook request) => throw new NotImplementedException();
    public Task<Reply<WebhookList>> ListWebhooks(ListWebhooks request) => throw new NotImplementedException();
    public Task<Reply> DeleteWebhook(WebhookReference request) => throw new NotImplementedException();
    public Task<Reply<OutgoingWebhook>> ResumeWebhook(WebhookReference request) => throw new NotImplementedException();
}
