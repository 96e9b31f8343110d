using System.Data.Common;
using Npgsql;
using Polly;
using Polly.Retry;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>
/// Lends connections for reading and for writing, and knows what may be tried again: reading always, writing only when
/// what was tried surely did not happen.
/// </summary>
internal sealed class PostgreSqlSessions : IDisposable
{
    private readonly NpgsqlDataSource readers;
    private readonly NpgsqlDataSource writers;
    private readonly ResiliencePipeline reading;
    private readonly ResiliencePipeline writing;

    public PostgreSqlSessions(string connectionString, TimeProvider clock)
    {
        Settings = new PostgreSqlSettings(connectionString);
        readers = NpgsqlDataSource.Create(Settings.ForReading);
        writers = NpgsqlDataSource.Create(Settings.ForWriting);
        reading = new ResiliencePipelineBuilder { TimeProvider = clock }.AddRetry(Retry(readers, times: 1, PostgreSqlFailure.IsBroken)).Build();
        // A race is lost a few times at most; what fails so often is the bug of a change. Counted apart: the first tries
        // after a restart of PostgreSQL are broken ones.
        writing = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(Retry(writers, times: 3, PostgreSqlFailure.IsBroken))
            .AddRetry(Retry(writers, times: 3, PostgreSqlFailure.IsRace)).Build();
    }

    public PostgreSqlSettings Settings { get; }

    /// <summary>Reads. Statements of one batch, or of one transaction, see one moment.</summary>
    public Task<T> Read<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellation) => Try(reading, async token =>
    {
        await using var connection = await readers.OpenConnectionAsync(token);
        return await read(connection);
    }, cancellation);

    /// <summary>Writes what may be written twice, such as what goes by an id.</summary>
    public Task<T> WriteAgain<T>(Func<NpgsqlConnection, Task<T>> write, CancellationToken cancellation) => Try(writing, async token =>
    {
        await using var connection = await writers.OpenConnectionAsync(token);
        return await write(connection);
    }, cancellation);

    /// <summary>Writes in a transaction. It is tried again only when it surely was not committed.</summary>
    /// <exception cref="StoreUnavailableException">It was not written; or the connection ended at the commit, and nobody knows.</exception>
    public Task<T> Write<T>(Func<WriteTransaction, Task<T>> write, CancellationToken cancellation = default) => Try(writing, async token =>
    {
        await using var connection = await writers.OpenConnectionAsync(token);
        var transaction = new WriteTransaction(connection);
        try
        {
            return await write(transaction);
        }
        catch (Exception e) when (transaction.IsCommitSent && e is NpgsqlException or IOException or OperationCanceledException && !PostgreSqlFailure.IsSurelyUndone(e))
        {
            throw new StoreUnavailableException($"The end of a commit is unknown: {PostgreSqlFailure.Describe(e)}", e);
        }
    }, cancellation);

    public void Dispose()
    {
        readers.Dispose();
        writers.Dispose();
    }

    private static async Task<T> Try<T>(ResiliencePipeline pipeline, Func<CancellationToken, Task<T>> act, CancellationToken cancellation)
    {
        try
        {
            return await pipeline.ExecuteAsync(async token => await act(token), cancellation);
        }
        catch (DbException e) when (PostgreSqlFailure.IsAway(e))
        {
            throw new StoreUnavailableException($"PostgreSQL: {PostgreSqlFailure.Describe(e)}", e);
        }
    }

    private static RetryStrategyOptions Retry(NpgsqlDataSource source, int times, Func<Exception, bool> isWorthIt) => new()
    {
        MaxRetryAttempts = times,
        Delay = TimeSpan.FromMilliseconds(20),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is { } e && isWorthIt(e)),
        OnRetry = attempt =>
        {
            // After a restart of PostgreSQL all connections of the pool are broken, not this one alone.
            if (PostgreSqlFailure.IsBroken(attempt.Outcome.Exception!)) source.Clear();
            return ValueTask.CompletedTask;
        },
    };
}
