using System.ComponentModel.DataAnnotations;

namespace Chat.Hub.Nodes;

/// <summary>How nodes hear of each other: section <c>Chat:Redis</c>.</summary>
public sealed class BackplaneOptions
{
    /// <summary>
    /// Where Redis is, as StackExchange.Redis writes it: "redis:6379,password=…,ssl=true", or the sentinels with
    /// "serviceName=mymaster". Null: this node is alone, or hears of the others through the store only, later.
    /// </summary>
    public string? Connection { get; set; }

    /// <summary>Begins the names of all channels, to tell installations apart that share a Redis. The store's epoch follows it: nodes on other stores are never heard.</summary>
    [Required, RegularExpression("[A-Za-z0-9_.-]{1,64}", ErrorMessage = "takes 1 to 64 letters, digits, dots, dashes and underscores.")]
    public string ChannelPrefix { get; set; } = "chat";

    /// <summary>Seconds of silence after which another node counts as dead and its people as gone.</summary>
    [Range(2, 600)]
    public int NodeTimeoutSeconds { get; set; } = 10;
}
