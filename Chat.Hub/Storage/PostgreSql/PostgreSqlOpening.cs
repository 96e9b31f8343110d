using Microsoft.Extensions.Options;
using Npgsql;
using Polly;
using Polly.Retry;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>Opens the store before anything else starts, and waits for a PostgreSQL that is not up yet.</summary>
internal sealed partial class PostgreSqlOpening(
    PostgreSqlStore store, PostgreSqlSessions sessions, IOptions<StoreOptions> options, TimeProvider clock, ILogger<PostgreSqlOpening> logger)
    : IHostedLifecycleService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var patience = TimeSpan.FromSeconds(options.Value.StartSeconds);
        var began = clock.GetTimestamp();
        var waiting = new ResiliencePipelineBuilder { TimeProvider = clock }.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            Delay = Pause,
            ShouldHandle = attempt => ValueTask.FromResult(
                attempt.Outcome.Exception is { } e && IsWorthWaiting(e) && clock.GetElapsedTime(began) + Pause < patience),
            OnRetry = attempt =>
            {
                LogWaiting(sessions.Settings.Place, PostgreSqlFailure.Describe(attempt.Outcome.Exception!));
                return ValueTask.CompletedTask;
            },
        }).Build();
        try
        {
            await waiting.ExecuteAsync(async token => await store.Open(options.Value.RestoredFrom, token), cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new InvalidOperationException(
                $"PostgreSQL at {sessions.Settings.Place} cannot be used (Chat:Store:PostgreSql; waited {clock.GetElapsedTime(began).TotalSeconds:0} s): {PostgreSqlFailure.Describe(e)}", e);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A wrong password does not become right by waiting.
    private static bool IsWorthWaiting(Exception e) => PostgreSqlFailure.IsAway(e) && e is not PostgresException { SqlState: ['2', '8', ..] };

    [LoggerMessage(40, LogLevel.Warning, "PostgreSQL at {Place} is not there yet, trying again: {Reason}")]
    private partial void LogWaiting(string place, string reason);
}
