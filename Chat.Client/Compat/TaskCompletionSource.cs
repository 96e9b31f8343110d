namespace System.Threading.Tasks;

/// <summary>A task without a result that somebody else completes.</summary>
internal sealed class TaskCompletionSource(TaskCreationOptions options = TaskCreationOptions.None)
{
    private readonly TaskCompletionSource<bool> source = new(options);

    public Task Task => source.Task;

    public void SetResult() => source.SetResult(true);

    public bool TrySetResult() => source.TrySetResult(true);

    public void SetException(Exception exception) => source.SetException(exception);

    public bool TrySetException(Exception exception) => source.TrySetException(exception);

    public void SetCanceled(CancellationToken ct = default) => source.TrySetCanceled(ct);

    public bool TrySetCanceled(CancellationToken ct = default) => source.TrySetCanceled(ct);
}
