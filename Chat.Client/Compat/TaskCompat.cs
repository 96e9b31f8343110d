using System.Runtime.CompilerServices;

namespace System.Threading.Tasks;

/// <summary>How to wait for a task.</summary>
[Flags]
internal enum ConfigureAwaitOptions
{
    None = 0,
    ContinueOnCapturedContext = 1,
    SuppressThrowing = 2,
    ForceYielding = 4,
}

internal static class TaskCompat
{
    extension(Task)
    {
        public static Task Delay(TimeSpan delay, TimeProvider time) => time.Delay(delay);

        public static Task Delay(TimeSpan delay, TimeProvider time, CancellationToken ct) => time.Delay(delay, ct);
    }

    extension(Task task)
    {
        public ConfiguredTaskAwaitable ConfigureAwait(ConfigureAwaitOptions options) =>
            Configure(task, options).ConfigureAwait(options.HasFlag(ConfigureAwaitOptions.ContinueOnCapturedContext));

        public Task WaitAsync(CancellationToken ct) => task.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);

        public Task WaitAsync(TimeSpan timeout) => task.WaitAsync(timeout, TimeProvider.System);

        public Task WaitAsync(TimeSpan timeout, CancellationToken ct) => task.WaitAsync(timeout, TimeProvider.System, ct);
    }

    extension<T>(Task<T> task)
    {
        public Task<T> WaitAsync(CancellationToken ct) => task.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);

        public Task<T> WaitAsync(TimeSpan timeout) => task.WaitAsync(timeout, TimeProvider.System);

        public Task<T> WaitAsync(TimeSpan timeout, CancellationToken ct) => task.WaitAsync(timeout, TimeProvider.System, ct);
    }

    extension(CancellationToken token)
    {
        public CancellationTokenRegistration UnsafeRegister(Action<object?> callback, object? state) => token.Register(callback, state);
    }

    extension(CancellationTokenSource source)
    {
        // Whoever listens runs elsewhere, as it does in newer .NET.
        public Task CancelAsync() => Task.Run(source.Cancel);
    }

    private static async Task Configure(Task task, ConfigureAwaitOptions options)
    {
        if (options.HasFlag(ConfigureAwaitOptions.ForceYielding)) await Task.Yield();
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception) when (options.HasFlag(ConfigureAwaitOptions.SuppressThrowing))
        {
            // Asked for.
        }
    }
}
