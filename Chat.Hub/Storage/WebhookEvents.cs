using Chat.Contracts;
using Chat.Contracts.Wire;

namespace Chat.Hub.Storage;

/// <summary>Which events a webhook wants, as the stores keep them: names with commas between.</summary>
internal static class WebhookEvents
{
    public static string Write(IEnumerable<WebhookEvent> events) => string.Join(',', events.Select(WireEnum<WebhookEvent>.ToWire));

    public static IReadOnlyList<WebhookEvent> Read(string events) =>
        events.Length is 0 ? [] : [.. events.Split(',').Select(WireEnum<WebhookEvent>.FromWire)];
}
