using System.Diagnostics;
using Chat.Bench.Load.Clients;

namespace Chat.Bench.Load.Talks;

/// <summary>One speaks, and again some time after the last was delivered to all: nothing ever piles up.</summary>
internal sealed class OneByOne(Speaker speaker, TimeSpan pause, TimeSpan time) : Talk([speaker], time)
{
    private readonly long pause = (long)(pause.TotalSeconds * Stopwatch.Frequency);
    private int heard;
    private long lastDone;

    public override void Heard(SwarmClient client, int sender, int number)
    {
        // How soon the sender hears itself is not asked.
        if (client.Speaker is null) base.Heard(client, sender, number);
        heard++;
        lastDone = Stopwatch.GetTimestamp();
    }

    protected override void Speak(long now)
    {
        var one = Speakers[0];
        if (heard % one.Listeners is 0 && now - lastDone >= pause && one.IsDone) Send(one);
    }
}
