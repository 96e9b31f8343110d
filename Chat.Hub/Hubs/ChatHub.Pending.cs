using Chat.Contracts;

namespace Chat.Hub.Hubs;

// Not written yet: each is taken away with the piece that answers it.
internal sealed partial class ChatHub
{
    public Task<Reply<UserPresence>> SetStatusText(SetStatusText request) => throw new NotImplementedException();
    public Task<Reply<PeoplePage>> FindPeople(FindPeople request) => throw new NotImplementedException();
    public Task<Reply<SessionList>> ListSessions(ListSessions request) => throw new NotImplementedException();
    public Task<Reply> RevokeSessions(RevokeSessions request) => throw new NotImplementedException();
    public Task<Reply<SessionData>> GetSessionData(GetSessionData request) => throw new NotImplementedException();
    public Task<Reply<SessionData>> SetSessionData(SetSessionData request) => throw new NotImplementedException();
}
