using Chat.Contracts;

namespace Chat.Hub.Hubs;

internal sealed partial class ChatHub
{
    public async Task<Reply<IncomingWebhook>> CreateIncomingWebhook(CreateIncomingWebhook request) =>
        limiter.Refusal(Speaker.UserId) is { } wait ? wait : await webhooks.Create(Speaker, request, Context.ConnectionAborted);

    public async Task<Reply<OutgoingWebhook>> CreateOutgoingWebhook(CreateOutgoingWebhook request) =>
        limiter.Refusal(Speaker.UserId) is { } wait ? wait : await webhooks.Create(Speaker, request, Context.ConnectionAborted);

    public Task<Reply<WebhookList>> ListWebhooks(ListWebhooks request) => webhooks.List(Speaker, request.RoomId, Context.ConnectionAborted);

    public Task<Reply> DeleteWebhook(WebhookReference request) => webhooks.Delete(Speaker, request, Context.ConnectionAborted);

    public Task<Reply<OutgoingWebhook>> ResumeWebhook(WebhookReference request) => webhooks.Resume(Speaker, request, Context.ConnectionAborted);
}
