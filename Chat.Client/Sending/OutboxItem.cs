using System.Diagnostics.CodeAnalysis;
using Chat.Contracts;

namespace Chat.Client.Sending;

/// <summary>A message in the outbox. Its changing parts belong to the outbox's lock.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source of cancellation that has neither a timer nor a wait handle holds nothing.")]
internal sealed class OutboxItem
{
    private readonly CancellationTokenSource gone = new();
    private TaskCompletionSource<Message> answer = NewAnswer();

    /// <summary>As it is shown.</summary>
    public required Outgoing Now { get; set; }

    /// <summary>Who wrote it; null as long as nobody was signed in.</summary>
    public Guid? Author { get; set; }

    /// <summary>Its place among the others, kept over restarts.</summary>
    public required long Order { get; init; }

    /// <summary>
    /// Whether it was sent, with nobody to wait for it: it is kept until it is posted, or parked when it is refused. What is only
    /// awaited goes with those who wait.
    /// </summary>
    public bool IsPromised { get; set; }

    /// <summary>How many wait for the answer.</summary>
    public int Waiters { get; set; }

    /// <summary>It was taken back.</summary>
    public CancellationToken Gone => gone.Token;

    public SendMessage Request => Now.Request;

    /// <summary>The stored message, or why it is not.</summary>
    public Task<Message> Answer => answer.Task;

    public bool IsOf(Guid? user) => Author is null || Author == user;

    public void Resolve(Message message) => answer.TrySetResult(message);

    /// <summary>It goes no further. Not to be called under a lock.</summary>
    public void Cancel() => gone.Cancel();

    public void Refuse(Exception reason)
    {
        // Looked at here: whoever waited may have gone.
        if (answer.TrySetException(reason)) _ = answer.Task.Exception;
    }

    /// <summary>Those who wait are told, and it may be answered later all the same.</summary>
    public void GiveUp(Exception reason)
    {
        Waiters = 0;
        Refuse(reason);
        answer = NewAnswer();
    }

    public OutboxEntry ToEntry() => new()
    {
        Request = Request,
        Author = Author,
        Order = Order,
        WrittenAt = Now.WrittenAt,
        Code = Now.Error?.Code,
        Reason = Now.Error?.Message,
    };

    public static OutboxItem From(OutboxEntry entry) => new()
    {
        Now = new Outgoing
        {
            Request = entry.Request,
            WrittenAt = entry.WrittenAt,
            State = entry.Code is null ? OutgoingState.Sending : OutgoingState.Failed,
            Error = entry.Code is { } code ? new ChatException(code, entry.Reason ?? "") : null,
        },
        Author = entry.Author,
        Order = entry.Order,
        IsPromised = true,
    };

    private static TaskCompletionSource<Message> NewAnswer() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
