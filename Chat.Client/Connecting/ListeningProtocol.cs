using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Chat.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Client.Connecting;

/// <summary>
/// Hears the server's last word while it is read. Handlers run on a queue of their own, and SignalR may report the end of
/// the connection before they do: a client that waits for them would repeat the very frame that closed it.
/// </summary>
internal sealed class ListeningProtocol(IHubProtocol inner, Action<Closing> hear) : IHubProtocol
{
    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (!inner.TryParseMessage(ref input, binder, out message)) return false;
        if (message is InvocationMessage { Target: nameof(IChatClient.Closing), Arguments: [Closing closing] }) hear(closing);
        return true;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);
}
