using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Chat.Contracts.Wire;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Chat.Client.Connecting;

/// <summary>The binary protocol, in programs that can have it.</summary>
internal static class MessagePackWire
{
    /// <summary>False in programs that were trimmed or compiled ahead of time, where all of it is left out.</summary>
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    [UnconditionalSuppressMessage("Trimming", "IL4000", Justification = "Of a trimmed program the trimmer says so itself.")]
    public static bool IsSupported => RuntimeFeature.IsDynamicCodeSupported;

    /// <exception cref="NotSupportedException">The program was published without what it needs.</exception>
    public static void Demand()
    {
        if (!IsSupported) throw Missing();
    }

    /// <exception cref="NotSupportedException">The program was published without what it needs.</exception>
    public static IHubProtocol Make() => IsSupported
        ? new MessagePackHubProtocol(Options.Create(new MessagePackHubProtocolOptions { SerializerOptions = ChatMessagePack.Options }))
        : throw Missing();

    private static NotSupportedException Missing() =>
        new("MessagePack needs reflection and code made at run time, which this program was published without: take ChatProtocol.Json.");
}
