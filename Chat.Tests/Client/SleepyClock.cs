namespace Chat.Tests.Client;

/// <summary>The clocks of a machine that can sleep: then only the wall clock goes on, and timers have as long to run as before.</summary>
internal sealed class SleepyClock : TimeProvider
{
    private long slept;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref slept));

    public void Sleep(TimeSpan time) => Interlocked.Add(ref slept, time.Ticks);
}
