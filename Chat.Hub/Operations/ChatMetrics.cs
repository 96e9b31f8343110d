using System.Diagnostics.Metrics;

namespace Chat.Hub.Operations;

/// <summary>What Chat measures of itself, under the meter <c>Chat</c>.</summary>
internal static class ChatMetrics
{
    private static readonly Meter Meter = new("Chat");

    /// <summary>Round trips as the clients measured them.</summary>
    public static readonly Histogram<double> RoundTrip = Meter.CreateHistogram<double>("chat.client.round_trip", "ms", "Round trip of a ping, measured by the client.");
}
