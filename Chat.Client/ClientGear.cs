using Microsoft.Extensions.Logging;

namespace Chat.Client;

/// <summary>What nearly every part of a client needs.</summary>
internal sealed class ClientGear(ChatClientOptions options)
{
    public ChatClientOptions Options { get; } = options;

    public TimeProvider Time => Options.TimeProvider;

    public ILogger Logger { get; } = options.LoggerFactory.CreateLogger<ChatClient>();
}
