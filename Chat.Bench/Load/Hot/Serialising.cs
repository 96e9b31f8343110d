using System.Buffers;
using BenchmarkDotNet.Attributes;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Chat.Bench.Load.Hot;

/// <summary>One message as both protocols write it; done once for each protocol, however many listen.</summary>
public class Serialising
{
    private readonly JsonHubProtocol json = new(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = ChatJson.Options }));
    private readonly MessagePackHubProtocol messagePack = new(Options.Create(new MessagePackHubProtocolOptions { SerializerOptions = ChatMessagePack.Options }));
    private readonly InvocationMessage message = new(nameof(IChatClient.MessageChanged), [Samples.Message(Guid.NewGuid(), 1)]);
    private readonly ArrayBufferWriter<byte> buffer = new(4_096);

    [Benchmark]
    public int Json() => Write(json);

    [Benchmark]
    public int MessagePack() => Write(messagePack);

    private int Write(IHubProtocol protocol)
    {
        buffer.ResetWrittenCount();
        protocol.WriteMessage(message, buffer);
        return buffer.WrittenCount;
    }
}
