using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Chat.Contracts;
using Chat.Hub.Hubs;
using Chat.Hub.Rooms;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Hub.Delivery;

/// <summary>
/// A hub protocol that answers what it cannot read instead of throwing: a call that does not bind becomes a reply with a
/// code, a frame that cannot be read or is too large becomes a closing with its reason. The framework alone would write
/// an error to the log for each, and tell the client nothing it can decide by.
/// </summary>
internal sealed class GuardedProtocol(IHubProtocol inner, int frameBytes) : IHubProtocol
{
    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var before = input.Length;
        try
        {
            while (!inner.TryParseMessage(ref input, binder, out message))
            {
                // False is said both of half a frame, which keeps its bytes, and of a whole one of a kind yet unknown, which is skipped.
                if (input.Length == before || input.IsEmpty) return input.Length > frameBytes && Reject(ref input, CloseCode.FrameTooLarge, out message);
                before = input.Length;
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Readers throw what they like on bytes that make no sense: ends of streams, overflows, formats.
            return Reject(ref input, CloseCode.MalformedFrame, out message);
        }
        if (before - input.Length > frameBytes) return Reject(ref input, CloseCode.FrameTooLarge, out message);

        switch (message)
        {
            case InvocationBindingFailureMessage failure:
                message = Refuse(failure.InvocationId, failure.Target, ReasonOf(failure));
                return true;
            case StreamInvocationMessage stream:
                message = Refuse(stream.InvocationId, stream.Target, Refusal.Of(ErrorCode.UnknownMethod, $"{Shown(stream.Target)} does not stream."));
                return true;
            case InvocationMessage { StreamIds.Length: > 0 } streaming:
                message = Refuse(streaming.InvocationId, streaming.Target, Refusal.Invalid("streamIds", "this method takes no streams."));
                return true;
            case InvocationMessage invocation:
                if (ContractShape.MistakeIn(invocation.Arguments) is { } mistake)
                    message = Refuse(invocation.InvocationId, invocation.Target, mistake);
                return true;
            case PingMessage or CloseMessage or CancelInvocationMessage:
                return true;
            default:
                // Stream items, completions, acknowledgements: nothing here ever asks for them.
                return Reject(ref input, CloseCode.MalformedFrame, out message);
        }
    }

    private static Error ReasonOf(InvocationBindingFailureMessage failure) => failure.BindingFailure.SourceException switch
    {
        // What the framework's binder throws for a name that it does not find.
        HubException => Refusal.Of(ErrorCode.UnknownMethod, $"There is no method {Shown(failure.Target)}."),
        _ => Refusal.Of(ErrorCode.Invalid, $"The arguments of {Shown(failure.Target)} cannot be read."),
    };

    private static InvocationMessage Refuse(string? invocationId, string target, Error reason) =>
        new(invocationId, nameof(ChatHub.RefuseCall), [reason]);

    private static bool Reject(ref ReadOnlySequence<byte> input, CloseCode code, out HubMessage message)
    {
        input = input.Slice(input.End);
        message = new InvocationMessage(nameof(ChatHub.RejectFrame), [code]);
        return true;
    }

    private static string Shown(string target) => target.Length <= 64 ? target : target[..64] + "…";
}
