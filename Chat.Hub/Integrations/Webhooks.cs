using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Integrations;

/// <summary>The webhooks of rooms: makes, lists, ends them, and posts what incoming ones are given.</summary>
internal sealed class Webhooks(
    IRoomStore rooms, IWebhookStore store, RoomLog log, WebhookLimiter limiter, WebhookCourier courier, IOptions<WebhookOptions> options, ChatClock time)
{
    public async Task<Reply<IncomingWebhook>> Create(Speaker who, CreateIncomingWebhook request, CancellationToken cancellation)
    {
        if (Names.CheckUser(request.Name) is { } mistake) return mistake;
        if (await Barred(who, request.RoomId, cancellation) is { } barred) return barred;
        if ((await store.ListWebhooks(request.RoomId, cancellation)).Incoming is var there && IsFull(there.Select(webhook => webhook.Id), request.WebhookId)) return Full;
        // A repeat gets another secret: nobody has heard the one of an answer that was lost.
        var secret = Secrets.New();
        var webhook = new IncomingWebhook
        {
            Id = request.WebhookId,
            RoomId = request.RoomId,
            Name = request.Name,
            Path = ChatPaths.Webhook.Replace("{webhookId}", request.WebhookId.ToString(), StringComparison.Ordinal).Replace("{secret}", secret, StringComparison.Ordinal),
            CreatedBy = who.UserId,
            CreatedAt = Now,
        };
        if (!await store.AddIncoming(webhook, Secrets.Hash(secret), cancellation)) return UsedId;
        return there.FirstOrDefault(known => known.Id == webhook.Id) is { } before ? before with { Path = webhook.Path } : webhook;
    }

    public async Task<Reply<OutgoingWebhook>> Create(Speaker who, CreateOutgoingWebhook request, CancellationToken cancellation)
    {
        if (WebhookRules.Check(request, options.Value) is { } mistake) return mistake;
        if (await Barred(who, request.RoomId, cancellation) is { } barred) return barred;
        if (IsFull((await store.ListWebhooks(request.RoomId, cancellation)).Outgoing.Select(webhook => webhook.Id), request.WebhookId)) return Full;
        var stored = await store.AddOutgoing(
            new OutgoingWebhook
            {
                Id = request.WebhookId,
                RoomId = request.RoomId,
                Url = request.Url,
                Events = [.. request.Events.Distinct().Order()],
                Secret = Secrets.New(),
                State = WebhookState.Active,
                Waiting = 0,
                CreatedBy = who.UserId,
                CreatedAt = Now,
            },
            cancellation);
        return stored.RoomId == request.RoomId && stored.Url == request.Url && stored.CreatedBy == who.UserId && stored.Events.Order().SequenceEqual(request.Events.Distinct().Order())
            ? stored
            : UsedId;
    }

    public async Task<Reply<WebhookList>> List(Speaker who, Guid roomId, CancellationToken cancellation)
    {
        if (await Barred(who, roomId, cancellation) is { } barred) return barred;
        var list = await store.ListWebhooks(roomId, cancellation);
        return list with { Outgoing = [.. list.Outgoing.Select(webhook => webhook with { Secret = "" })] };
    }

    public async Task<Reply> Delete(Speaker who, WebhookReference request, CancellationToken cancellation) =>
        await Barred(who, request.RoomId, cancellation) is { } barred ? barred
        : await store.DeleteWebhook(request.RoomId, request.WebhookId, cancellation) ? Reply.Done
        : Refusal.NotFound("webhook");

    public async Task<Reply<OutgoingWebhook>> Resume(Speaker who, WebhookReference request, CancellationToken cancellation)
    {
        if (await Barred(who, request.RoomId, cancellation) is { } barred) return barred;
        if (!await store.ResumeWebhook(request.RoomId, request.WebhookId, cancellation)) return Refusal.NotFound("webhook");
        courier.Wake([request.WebhookId]);
        var list = await store.ListWebhooks(request.RoomId, cancellation);
        return list.Outgoing.FirstOrDefault(webhook => webhook.Id == request.WebhookId) is { } resumed ? resumed with { Secret = "" } : Refusal.NotFound("webhook");
    }

    /// <summary>Posts what an incoming webhook was given.</summary>
    public async Task<Reply<Message>> Post(Guid webhookId, string secret, Guid clientMessageId, PostByWebhook request, CancellationToken cancellation)
    {
        // One answer for a wrong secret and for no webhook: neither tells of the other.
        if (await store.FindIncoming(webhookId, cancellation) is not { } found || !Secrets.Fits(secret, found.SecretHash)) return Refusal.NotFound("webhook");
        if (limiter.Refusal(webhookId) is { } wait) return wait;
        var written = await log.Write(new PostByHookChange(found.Webhook, clientMessageId, request.Text), cancellation);
        return written.Error is { } refusal ? refusal : (Message)written.Result!.Records[0];
    }

    private static Error Full => Refusal.Of(ErrorCode.Forbidden, "This room has all the webhooks it takes.");

    private static Error UsedId => Refusal.Of(ErrorCode.Conflict, "This webhook id was used for another webhook.");

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(time.Now.ToUnixTimeMilliseconds());

    private bool IsFull(IEnumerable<Guid> there, Guid wanted) => there.ToList() is var ids && ids.Count >= options.Value.MostPerRoom && !ids.Contains(wanted);

    private async Task<Error?> Barred(Speaker who, Guid roomId, CancellationToken cancellation) =>
        WebhookRules.Barred(await rooms.FindMember(roomId, who.UserId, cancellation));
}
