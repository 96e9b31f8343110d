using Chat.Contracts;

namespace Chat.Client.Sending;

/// <summary>A message in the outbox. Its changing parts belong to the outbox's lock.</summary>
internal sealed class OutboxItem
{
    private readonly TaskCompletionSource<Message> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>As it is shown.</summary>
    public required Outgoing Now { get; set; }

    /// <summary>Who wrote it; null as long as nobody was signed in.</summary>
    public Guid? Author { get; set; }

    /// <summary>Its place among the others, kept over restarts.</summary>
    public required long Order { get; init; }

    /// <summary>Whether somebody waits for the answer: a refusal is theirs then, and not parked.</summary>
    public bool IsAwaited { get; set; }

    /// <summary>Takes it back, as far as that goes.</summary>
    public CancellationToken Ct { get; init; }

    public SendMessage Request => Now.Request;

    /// <summary>The stored message, or why it is not.</summary>
    public Task<Message> Answer => answer.Task;

    public bool IsOf(Guid? user) => Author is null || Author == user;

    public void Resolve(Message message) => answer.TrySetResult(message);

    public void Cancel() => answer.TrySetCanceled(Ct);

    public void Refuse(Exception reason)
    {
        // Looked at here: whoever waited may have gone.
        if (answer.TrySetException(reason)) _ = answer.Task.Exception;
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
    };
}
