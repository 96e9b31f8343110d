using System.ComponentModel.DataAnnotations;

namespace Chat.Hub.Integrations;

/// <summary>Webhooks, in and out: section <c>Chat:Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>
    /// Whether outgoing webhooks may go to addresses of private networks, of this machine and of its cloud. Whoever keeps
    /// order in a room could then have this server ask any service behind the firewall.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Webhooks of each kind in a room.</summary>
    [Range(1, 1_000)]
    public int MostPerRoom { get; set; } = 10;

    /// <summary>Messages a second by one incoming webhook, on average.</summary>
    [Range(1, 1_000_000)]
    public int PostsPerSecond { get; set; } = 5;

    /// <summary>Messages at once by one incoming webhook.</summary>
    [Range(1, 1_000_000)]
    public int PostsBurst { get; set; } = 20;

    /// <summary>Seconds that an outgoing request may take.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>Hours of failing after which an outgoing webhook is parked.</summary>
    [Range(1, 720)]
    public int ParkAfterHours { get; set; } = 24;

    /// <summary>Outgoing requests at once of one node.</summary>
    [Range(1, 1_000)]
    public int RequestsAtOnce { get; set; } = 32;
}
