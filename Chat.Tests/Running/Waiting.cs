namespace Chat.Tests.Running;

/// <summary>Waits for a condition, with a limit.</summary>
internal static class Waiting
{
    public static async Task Until(Func<Task<bool>> condition, TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(10));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition()) await timer.WaitForNextTickAsync(limit.Token);
    }
}
