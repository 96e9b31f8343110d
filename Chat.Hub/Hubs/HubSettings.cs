using Chat.Hub.Delivery;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Hubs;

/// <summary>SignalR's settings for the chat hub alone.</summary>
internal sealed class HubSettings(IOptions<DeliveryOptions> delivery) : IConfigureOptions<HubOptions<ChatHub>>
{
    public void Configure(HubOptions<ChatHub> options)
    {
        var limits = delivery.Value;
        options.KeepAliveInterval = TimeSpan.FromSeconds(limits.KeepAliveSeconds);
        options.ClientTimeoutInterval = TimeSpan.FromSeconds(limits.ClientTimeoutSeconds);
        // One more than the limit, so that GuardedProtocol sees the frame that is too large and can say so.
        options.MaximumReceiveMessageSize = limits.FrameBytes + 1;
        options.StatefulReconnectBufferSize = 0;
        options.SupportedProtocols = ["json", "messagepack"];
        options.AddFilter<CallFilter>();
    }
}
