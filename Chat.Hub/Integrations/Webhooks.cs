using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Integrations;

/// <summary>The webhooks of rooms: makes, lists, ends them, and posts what incoming ones are given.</summary>
internal sealed class Webhooks(
    IRoomPages rooms, IRoomStore users, IWebhookStore store, RoomLog log, MentionLookup mentions, WebhookLimiter limiter, WebhookCourier courier, IOptions<WebhookOptions> options, ChatClock time)
{
    public async Task<Reply<IncomingWebhook>> Create(Speaker who, CreateIncomingWebhook request, CancellationToken cancellation)
    {
        if (Names.CheckUser(request.Name) is { } mistake) return mistake;
        if (await Barred(who, request.RoomId, cancellation) is { } barred) return barred;
        if ((await store.ListWebhooks(request.RoomId, cancellation)).Incoming is var there && IsFull(there.Select(webhook => webhook.Id), request.WebhookId)) return Full;
        // It will be the author of its messages: nobody else may have that id.
        if (await users.FindUser(request.WebhookId, cancellation) is not null) return UsedId;
        // A repeat gets another secret: nobody has heard the one of an answer that was lost.
        var secret = Secrets.New();
        var webhook = new IncomingWebhook
        {
            Id = request.WebhookId,
            RoomId = request.RoomId,
            Name = request.Name,
            Path = ChatPaths.Webhook.Replace("{webhookId}", request.WebhookId.ToString(), StringComparison.Ordinal).Replace("{secret}", secret, StringComparison.Ordinal),
            CreatedBy = who.UserId,
            CreatedAt = time.Stored,
        };
        if (!await store.AddIncoming(webhook, Secrets.Hash(secret), cancellation)) return UsedId;
        if (there.FirstOrDefault(known => known.Id == webhook.Id) is { } before) return before with { Path = webhook.Path };
        await Note(who, request.RoomId, AuditAct.WebhookCreated, $"incoming: {request.Name}");
        return webhook;
    }

    public async Task<Reply<OutgoingWebhook>> Create(Speaker who, CreateOutgoingWebhook request, CancellationToken cancellation)
    {
        if (WebhookRules.Check(request, options.Value) is { } mistake) return mistake;
        if (await Barred(who, request.RoomId, cancellation) is { } barred) return barred;
        var there = (await store.ListWebhooks(request.RoomId, cancellation)).Outgoing;
        if (IsFull(there.Select(webhook => webhook.Id), request.WebhookId)) return Full;
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
                CreatedAt = time.Stored,
            },
            cancellation);
        if (stored.RoomId != request.RoomId || stored.Url != request.Url || stored.CreatedBy != who.UserId || !stored.Events.Order().SequenceEqual(request.Events.Distinct().Order()))
            return UsedId;
        if (there.All(known => known.Id != stored.Id)) await Note(who, request.RoomId, AuditAct.WebhookCreated, $"outgoing: {new Uri(request.Url).Host}");
        return stored;
    }

    public async Task<Reply<WebhookList>> List(Speaker who, Guid roomId, CancellationToken cancellation)
    {
        if (await Barred(who, roomId, cancellation) is { } barred) return barred;
        var list = await store.ListWebhooks(roomId, cancellation);
        return list with { Outgoing = [.. list.Outgoing.Select(webhook => webhook with { Secret = "" })] };
    }

    public async Task<Reply> Delete(Speaker who, WebhookReference request, CancellationToken cancellation)
    {
        if (await Barred(who, request.RoomId, cancellation) is { } barred) return barred;
        if (!await store.DeleteWebhook(request.RoomId, request.WebhookId, cancellation)) return Refusal.NotFound("webhook");
        await Note(who, request.RoomId, AuditAct.WebhookDeleted, "");
        return Reply.Done;
    }

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
        var written = await log.Write(new PostByHookChange(
            found.Webhook, clientMessageId, request.Text, await mentions.In(found.Webhook.RoomId, request.Text, cancellation)), cancellation);
        return written.Error is { } refusal ? refusal : (Message)written.Result!.Records[0];
    }

    private static Error Full => Refusal.Of(ErrorCode.Forbidden, "This room has all the webhooks it takes.");

    private static Error UsedId => Refusal.Of(ErrorCode.Conflict, "This webhook id was used for another webhook.");

    private bool IsFull(IEnumerable<Guid> there, Guid wanted) => there.ToList() is var ids && ids.Count >= options.Value.MostPerRoom && !ids.Contains(wanted);

    private async Task<Error?> Barred(Speaker who, Guid roomId, CancellationToken cancellation)
    {
        var seen = await rooms.FindRoom(roomId, who.UserId, cancellation);
        return Permissions.Check(Act.ManageWebhooks, seen?.Room, who, seen?.Mine, time.Now);
    }

    private async Task Note(Speaker who, Guid roomId, AuditAct act, string detail) =>
        await log.Write(new NoteInTrail(Audit.Of(roomId, who, act, time.Stored, detail: detail)), CancellationToken.None);
}
