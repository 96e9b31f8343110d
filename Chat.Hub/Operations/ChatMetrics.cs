using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Chat.Hub.Operations;

/// <summary>What Chat measures of itself, under the meter <c>Chat</c>: docs/operations.md says what each is good for.</summary>
internal sealed class ChatMetrics : IDisposable
{
    public const string MeterName = "Chat";

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> changes;
    private readonly Counter<long> records;
    private readonly Counter<long> cutOff;
    private readonly Counter<long> refused;

    public ChatMetrics()
    {
        RoundTrip = meter.CreateHistogram<double>("chat.client.round_trip", "ms", "Round trip of a ping, measured by the client.");
        CommitTime = meter.CreateHistogram<double>("chat.log.commit.duration", "s", "Time of one commit of the room log.", advice: Buckets(0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5));
        CommitSize = meter.CreateHistogram<int>("chat.log.commit.changes", "{change}", "Changes in one commit.", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 250, 500] });
        changes = meter.CreateCounter<long>("chat.log.changes", "{change}", "Changes of rooms, by outcome.");
        records = meter.CreateCounter<long>("chat.delivery.records", "{record}", "Records told to rooms on this node, by where they came from.");
        cutOff = meter.CreateCounter<long>("chat.connections.cut_off", "{connection}", "Connections ended by the server, by reason.");
        refused = meter.CreateCounter<long>("chat.connections.refused", "{connection}", "Connections turned away at the door, by status.");
    }

    public Histogram<double> RoundTrip { get; }

    public Histogram<double> CommitTime { get; }

    public Histogram<int> CommitSize { get; }

    /// <param name="outcome">"done", or the code of the refusal.</param>
    public void Changed(string outcome) => changes.Add(1, new TagList { { "outcome", outcome } });

    /// <param name="source">"own", "node" or "store".</param>
    /// <param name="count">How many records.</param>
    public void Told(string source, int count) => records.Add(count, new TagList { { "source", source } });

    /// <param name="reason">Such as "too_slow" or "silent".</param>
    public void CutOff(string reason) => cutOff.Add(1, new TagList { { "reason", reason } });

    public void Refused(int status) => refused.Add(1, new TagList { { "status", status } });

    /// <summary>A figure that is read when somebody asks.</summary>
    public void Observe(string name, string unit, string description, Func<long> read) => meter.CreateObservableGauge(name, read, unit, description);

    public void Dispose() => meter.Dispose();

    private static InstrumentAdvice<double> Buckets(params double[] boundaries) => new() { HistogramBucketBoundaries = boundaries };
}
