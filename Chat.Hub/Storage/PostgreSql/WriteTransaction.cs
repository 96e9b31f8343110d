using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>
/// A transaction in two round trips: one that locks and looks, one that writes and commits. Left without a commit, it is
/// rolled back when its connection goes back to the pool.
/// </summary>
internal sealed class WriteTransaction(NpgsqlConnection connection)
{
    /// <summary>From here on an error does not tell whether it was committed.</summary>
    public bool IsCommitSent { get; private set; }

    /// <summary>Begins; the statements to lock and look are added to it.</summary>
    public NpgsqlBatch Begin() => connection.CreateBatch().Add("begin");

    /// <summary>The statements to write are added to it.</summary>
    public NpgsqlBatch Writing() => connection.CreateBatch();

    /// <summary>Runs what was added, and commits. If a statement fails, those after it and the commit are not run.</summary>
    public Task<NpgsqlDataReader> Commit(NpgsqlBatch writing)
    {
        writing.Add("commit");
        IsCommitSent = true;
        // Accepted: whoever asked for it leaving no longer matters.
        return writing.ExecuteReaderAsync(CancellationToken.None);
    }
}
