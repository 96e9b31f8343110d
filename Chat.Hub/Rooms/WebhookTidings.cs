using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Wire;

namespace Chat.Hub.Rooms;

/// <summary>An outgoing webhook of a room, and what it wants to be told; empty for all.</summary>
internal sealed record WebhookListener(Guid Id, IReadOnlyList<WebhookEvent> Events)
{
    public bool Wants(WebhookEvent what) => Events.Count is 0 || Events.Contains(what);
}

/// <summary>What an outgoing webhook is still to be told, as it will be sent.</summary>
internal sealed record Tiding(Guid Id, Guid WebhookId, long Version, string Body);

/// <summary>Makes of a change of a room what its webhooks are told.</summary>
internal static class WebhookTidings
{
    public static IEnumerable<Tiding> Of(RoomRecord record, Message? before, IReadOnlyList<WebhookListener> listeners, DateTimeOffset now)
    {
        if (EventOf(record, before) is not { } what) yield break;
        foreach (var listener in listeners.Where(listener => listener.Wants(what)))
        {
            var id = Guid.CreateVersion7(now);
            yield return new Tiding(id, listener.Id, record.Version, Write(id, what, record, now));
        }
    }

    // A streamed message is told once it is whole: its pieces would be a request a second.
    private static WebhookEvent? EventOf(RoomRecord record, Message? before) => record switch
    {
        Message { DeletedAt: not null } => WebhookEvent.MessageDeleted,
        Message { Stream: StreamState.Open } => null,
        Message message => before is null or { Stream: StreamState.Open }
            ? WebhookEvent.MessagePosted
            : WebhookEvent.MessageChanged,
        Member => WebhookEvent.MemberChanged,
        Room => WebhookEvent.RoomChanged,
        _ => null,
    };

    private static string Write(Guid id, WebhookEvent what, RoomRecord record, DateTimeOffset now) => JsonSerializer.Serialize(
        new Dictionary<string, object>
        {
            ["id"] = id,
            ["event"] = what,
            ["roomId"] = record.RoomId,
            ["version"] = record.Version,
            ["at"] = now,
            [record is Message ? "message" : record is Member ? "member" : "room"] = record,
        },
        ChatJson.Options);
}
