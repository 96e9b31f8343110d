using System.Security.Cryptography;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>Everything in one PostgreSQL database, which several nodes share.</summary>
internal sealed partial class PostgreSqlStore(PostgreSqlSessions sessions) : IRoomStore
{
    private const int ProbeBytes = 64 * 1024;

    private string? epoch;

    public string Epoch => epoch ?? throw new InvalidOperationException("The store is not open yet.");

    /// <summary>Brings the database to this version's schema and finds its epoch. Before it nothing else works.</summary>
    public async Task Open(string? restoredFrom, CancellationToken cancellation) =>
        epoch = await PostgreSqlSchema.Prepare(sessions.Settings, restoredFrom ?? "", cancellation);

    public Task Probe(CancellationToken cancellation) => sessions.WriteAgain(async connection =>
    {
        // Committed, and with what cannot be compressed: a full disk refuses no write that finds room in its page.
        await using var batch = connection.CreateBatch()
            .Add("begin")
            .Add("insert into probes (filling) values ($1)", [RandomNumberGenerator.GetBytes(ProbeBytes)])
            .Add("delete from probes")
            .Add("commit");
        return await batch.ExecuteNonQueryAsync(cancellation);
    }, cancellation);
}
