using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Integrations;

/// <summary>Who may make webhooks, and what they may be.</summary>
internal static class WebhookRules
{
    private const int LongestUrl = 500;

    public static Error? Check(CreateOutgoingWebhook request, WebhookOptions options)
    {
        if (request.Url.Length > LongestUrl) return Refusal.Invalid("url", $"at most {LongestUrl} characters.");
        if (request.Url.Any(c => char.IsControl(c) || char.IsSurrogate(c))) return Refusal.Invalid("url", "no control characters; others encoded.");
        if (!Uri.TryCreate(request.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length is 0)
            return Refusal.Invalid("url", "must be an address with http or https.");
        if (url.UserInfo.Length > 0) return Refusal.Invalid("url", "must hold no name and password.");
        // Names are looked up when a request goes out: what they lead to may change.
        return !options.AllowPrivateAddresses && System.Net.IPAddress.TryParse(url.DnsSafeHost, out var address) && !PublicAddress.Is(address)
            ? Refusal.Invalid("url", "must not be an address of a private network.")
            : null;
    }
}
