using System.Diagnostics;
using Chat.Bench.Load.Clients;

namespace Chat.Bench.Load.Talks;

/// <summary>They speak in turn at a fixed pace, whether or not the server keeps up.</summary>
internal sealed class OpenLoop(IReadOnlyList<Speaker> speakers, double perSecond, TimeSpan time) : Talk(speakers, time)
{
    private int said;

    protected override void Speak(long now)
    {
        for (var due = (now - Started) * perSecond / Stopwatch.Frequency; said < due; said++) Send(Speakers[said % Speakers.Count]);
    }
}
