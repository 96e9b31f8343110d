using Chat.Contracts.Wire;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Delivery;

/// <summary>
/// The two protocols of the chat hub. Its own, not the application's: an app that embeds Chat keeps its SignalR settings,
/// and Chat keeps its wire.
/// </summary>
internal sealed class ChatProtocols : IHubProtocolResolver
{
    public ChatProtocols(IOptions<DeliveryOptions> delivery)
    {
        var json = new JsonHubProtocolOptions { PayloadSerializerOptions = ChatJson.Options };
        var messagePack = new MessagePackHubProtocolOptions { SerializerOptions = ChatMessagePack.Options };
        AllProtocols =
        [
            new GuardedProtocol(new JsonHubProtocol(Options.Create(json)), delivery.Value.FrameBytes),
            new GuardedProtocol(new MessagePackHubProtocol(Options.Create(messagePack)), delivery.Value.FrameBytes),
        ];
    }

    public IReadOnlyList<IHubProtocol> AllProtocols { get; }

    public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) =>
        AllProtocols.FirstOrDefault(protocol => protocol.Name.Equals(protocolName, StringComparison.OrdinalIgnoreCase));
}
