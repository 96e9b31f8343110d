using Chat.Contracts;
using Chat.Hub.Operations;

namespace Chat.Hub.Integrations;

/// <summary>Where programs post into rooms.</summary>
internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder routes) =>
        routes.MapPost(ChatPaths.Webhook, (Guid webhookId, string secret, HttpContext http, Webhooks webhooks) =>
                HttpReplies.Read<PostByWebhook, Message>(
                    http,
                    request => IdempotencyKey.Of(http, out var id) is { } mistake
                        ? Task.FromResult<Reply<Message>>(mistake)
                        : webhooks.Post(webhookId, secret, id, request, http.RequestAborted),
                    HttpReplies.MostMessageBytes))
            .Takes<PostByWebhook>().Answers<Reply<Message>>("Posts a message by an incoming webhook; once for each Idempotency-Key.");
}
