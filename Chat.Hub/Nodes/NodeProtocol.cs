using System.Buffers;
using System.Text.Json;
using Chat.Contracts.Wire;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Nodes;

/// <summary>How nodes write to each other: SignalR's JSON with the contract's own options, each message once.</summary>
internal sealed class NodeProtocol : IHubProtocolResolver, IInvocationBinder
{
    private readonly JsonHubProtocol json = new(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = NodeJson }));

    public static JsonSerializerOptions NodeJson { get; } = ChatJson.Configure(new JsonSerializerOptions());

    public IReadOnlyList<IHubProtocol> AllProtocols => [json];

    public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) => json;

    /// <summary>The envelope in a message; null for one of a kind that this version does not know.</summary>
    public Envelope? Read(SerializedHubMessage message)
    {
        var bytes = new ReadOnlySequence<byte>(message.GetSerializedMessage(json));
        return json.TryParseMessage(ref bytes, this, out var parsed) && parsed is InvocationMessage { Arguments: [Envelope envelope] } ? envelope : null;
    }

    public IReadOnlyList<Type> GetParameterTypes(string methodName) => [typeof(Envelope)];

    public Type GetReturnType(string invocationId) => typeof(object);

    public Type GetStreamItemType(string streamId) => typeof(object);
}
