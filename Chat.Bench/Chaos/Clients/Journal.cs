using System.Diagnostics;
using Chat.Bench.Checking;
using Chat.Client;

namespace Chat.Bench.Chaos.Clients;

/// <summary>What happens to one client, until it is taken. Times are not measured where the client has only one place to go.</summary>
internal sealed class Journal(string name, bool isMeasured)
{
    private readonly Lock gate = new();
    private List<Acknowledged> acknowledged = [];
    private List<VisibleError> errors = [];
    private List<double> delays = [];
    private int reconnects;
    private double longestAway;
    private long awaySince;
    private long startedAt;

    public void Tell(Acknowledged told)
    {
        lock (gate) acknowledged.Add(told);
    }

    public void Tell(string what, string code, string message)
    {
        lock (gate) errors.Add(new VisibleError(name, what, code, message));
    }

    public void Tell(string what, ChatException e) => Tell(what, WireName.Of(e.Code), e.Message);

    /// <summary>Something was shown; what was sent before the client was started is not late by its fault.</summary>
    public void Shown(string text)
    {
        if (!isMeasured || Stamp.AgeMs(text) is not { } age) return;
        lock (gate)
        {
            if (age < Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds) delays.Add(age);
        }
    }

    public void Started()
    {
        lock (gate) startedAt = Stopwatch.GetTimestamp();
    }

    public void Tell(ChatState state)
    {
        lock (gate)
        {
            if (state is ChatState.Reconnecting && awaySince is 0) awaySince = Stopwatch.GetTimestamp();
            if (state is not ChatState.Connected || awaySince is 0) return;
            reconnects++;
            if (isMeasured) longestAway = Math.Max(longestAway, Stopwatch.GetElapsedTime(awaySince).TotalMilliseconds);
            awaySince = 0;
        }
    }

    public ClientNews Take()
    {
        lock (gate)
        {
            var taken = new ClientNews { Acknowledged = acknowledged, Errors = errors, DelaysMs = delays, Reconnects = reconnects, LongestAwayMs = longestAway };
            (acknowledged, errors, delays, reconnects, longestAway) = ([], [], [], 0, 0);
            return taken;
        }
    }
}
