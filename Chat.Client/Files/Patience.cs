namespace Chat.Client.Files;

/// <summary>
/// How long a transfer waits while nothing moves: a network that has gone says nothing, and a large file may take as long as
/// it takes. Other waits than those for the network are not counted.
/// </summary>
internal sealed class Patience(ChatClientOptions options, CancellationToken ct) : IDisposable
{
    // The server looks at a whole picture before it answers.
    private readonly TimeSpan most = 2 * options.ServerTimeout;
    private readonly CancellationTokenSource limit = new(Timeout.InfiniteTimeSpan, options.TimeProvider);

    /// <summary>Waits for the network.</summary>
    /// <exception cref="HttpRequestException">Nothing moved for too long.</exception>
    public async Task<T> WaitAsync<T>(Func<CancellationToken, Task<T>> move)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        Begin();
        try
        {
            return await move(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new HttpRequestException($"Nothing moved for {most}.", e);
        }
        finally
        {
            Pause();
        }
    }

    /// <summary>Something moved: it waits anew.</summary>
    public void Begin() => limit.CancelAfter(most);

    /// <summary>Nothing needs to move for now.</summary>
    public void Pause() => limit.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose() => limit.Dispose();
}
