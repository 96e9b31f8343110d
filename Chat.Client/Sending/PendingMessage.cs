using Chat.Contracts;

namespace Chat.Client.Sending;

/// <summary>A message on its way out.</summary>
/// <param name="Request">Sent as it is however often; its id makes the repeats one.</param>
/// <param name="Author">Who wrote it; null if nobody was signed in yet.</param>
/// <param name="Ct">Takes it back, as far as that goes.</param>
internal sealed record PendingMessage(SendMessage Request, Guid? Author, CancellationToken Ct)
{
    private readonly TaskCompletionSource<Message> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Message> Answer => answer.Task.WaitAsync(Ct);

    /// <summary>Posts it. Never throws: the one who waits for <see cref="Answer"/> hears it.</summary>
    public async Task DeliverAsync(Func<PendingMessage, Task<Message>> post)
    {
        try
        {
            Ct.ThrowIfCancellationRequested();
            answer.SetResult(await post(this).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            answer.SetCanceled(Ct);
        }
        catch (Exception e)
        {
            answer.SetException(e);
            // Seen: the one who waited may have gone.
            _ = answer.Task.Exception;
        }
    }
}
