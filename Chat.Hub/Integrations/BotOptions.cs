using System.ComponentModel.DataAnnotations;

namespace Chat.Hub.Integrations;

/// <summary>Programs that sign in by a token: section <c>Chat:Bots</c>.</summary>
public sealed class BotOptions
{
    /// <summary>Minutes that a bot's access token is good for. Its connection ends with it, and it signs in again.</summary>
    [Range(1, 1_440)]
    public int TokenMinutes { get; set; } = 60;
}
