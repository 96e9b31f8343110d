using System.Diagnostics;
using Chat.Bench.Load.Clients;

namespace Chat.Bench.Load.Talks;

/// <summary>What was said and heard in one go, all of it delivered once and in order.</summary>
/// <param name="Messages">That were sent, each answered.</param>
/// <param name="Deliveries">Of them.</param>
/// <param name="Time">From the first to the last.</param>
internal sealed record Talked(int Messages, long Deliveries, TimeSpan Time);

/// <summary>Some who speak for a while. Lives in the swarm's thread.</summary>
internal abstract class Talk(IReadOnlyList<Speaker> speakers, TimeSpan time)
{
    /// <summary>The delivery that a sabotage spoils.</summary>
    public const int SpoiledDelivery = 100;

    private static readonly long Patience = 30 * Stopwatch.Frequency;

    private readonly TaskCompletionSource<Talked> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long length = (long)(time.TotalSeconds * Stopwatch.Frequency);
    private long before;
    private long due;
    private int messages;
    private int answered;
    private long lastSeen;
    private long lastProgress;

    public Task<Talked> Done => done.Task;

    protected IReadOnlyList<Speaker> Speakers => speakers;

    protected Swarm Swarm { get; private set; } = null!;

    protected long Started { get; private set; }

    /// <summary>Deliveries are timed; costs some 30 ns each.</summary>
    public Delays? Delays { get; init; }

    public void Begin(Swarm among)
    {
        (Swarm, before, lastSeen) = (among, among.Delivered, among.Delivered);
        Started = lastProgress = Stopwatch.GetTimestamp();
        Begin();
    }

    public void Tick(long now)
    {
        if (done.Task.IsCompleted) return;
        if (now - Started < length) Speak(now);
        else if (Swarm.Delivered - before == due && answered == messages) End(now);
        if (Swarm.Delivered != lastSeen) (lastSeen, lastProgress) = (Swarm.Delivered, now);
        else if (messages > answered || due > Swarm.Delivered - before) Despair(now);
    }

    public virtual void Heard(SwarmClient client, int sender, int number) => Delays?.Heard(sender, number);

    public virtual void Answered(Speaker speaker) => answered++;

    protected virtual void Begin()
    {
    }

    /// <summary>What is due now is sent.</summary>
    protected virtual void Speak(long now)
    {
    }

    protected bool IsOver => Stopwatch.GetTimestamp() - Started >= length;

    protected void Send(Speaker speaker)
    {
        messages++;
        due += speaker.Listeners;
        Delays?.Sent(speaker.Number, speaker.Sent + 1);
        speaker.Send();
    }

    private void End(long now) => done.TrySetResult(new(messages, due, Stopwatch.GetElapsedTime(Started, now)));

    private void Despair(long now)
    {
        if (now - lastProgress < Patience) return;
        throw new LoadException(
            $"Lost: {due - (Swarm.Delivered - before)} of {due} deliveries and {messages - answered} of {messages} answers did not come within {Patience / Stopwatch.Frequency} s.");
    }
}
