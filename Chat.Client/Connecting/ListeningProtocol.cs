using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Chat.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Client.Connecting;

/// <summary>
/// Hears the server's last word while it is read. Handlers run on a queue of their own, and SignalR may report the end of
/// the connection before they do: a client that waits for them would repeat the very frame that closed it. A frame that the
/// server would not take does not go out at all: it would end the connection, and with it all calls that are under way.
/// </summary>
internal sealed class ListeningProtocol(IHubProtocol inner, Action<Closing> hear, Func<int> mostBytes) : IHubProtocol
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

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        if (message is not InvocationMessage)
        {
            inner.WriteMessage(message, output);
            return;
        }
        var frame = inner.GetMessageBytes(message).Span;
        if (frame.Length > mostBytes()) throw new ChatException(ErrorCode.TooLarge, $"What the server takes at once is at most {mostBytes()} bytes.");
        output.Write(frame);
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);
}
