using Chat.Hub.Hubs;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Integrations;

/// <summary>Messages of one incoming webhook.</summary>
internal sealed class WebhookLimiter(IOptions<WebhookOptions> options) : UserLimiter(options.Value.PostsPerSecond, options.Value.PostsBurst);
