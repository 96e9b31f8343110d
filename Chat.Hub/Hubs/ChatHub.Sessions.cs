using Chat.Contracts;

namespace Chat.Hub.Hubs;

internal sealed partial class ChatHub
{
    public Task<Reply<SessionList>> ListSessions(ListSessions request) => sessions.List(Speaker, request, Context.ConnectionAborted);

    public Task<Reply> RevokeSessions(RevokeSessions request) => sessions.Revoke(Speaker, request, Context.ConnectionAborted);

    public Task<Reply<SessionData>> GetSessionData(GetSessionData request) => sessions.Data(Speaker, request, Context.ConnectionAborted);

    public async Task<Reply<SessionData>> SetSessionData(SetSessionData request) =>
        limiter.Refusal(Speaker.UserId) is { } wait ? wait : await sessions.Change(Speaker, request, Context.ConnectionAborted);
}
