using Chat.Contracts;
using Chat.Hub.Operations;

namespace Chat.Hub.Integrations;

/// <summary>Where programs post into rooms.</summary>
internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder routes) =>
        routes.MapPost(ChatPaths.Webhook.Replace("{webhookId}", "{webhookId:guid}", StringComparison.Ordinal), (Guid webhookId, string secret, HttpContext http, Webhooks webhooks) =>
            HttpReplies.Read<PostByWebhook, Message>(http, request =>
                webhooks.Post(webhookId, secret, http.Request.Headers["Idempotency-Key"].FirstOrDefault(), request, http.RequestAborted),
                HttpReplies.MostMessageBytes));
}
