using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>One connection string, and what reading, writing and setting up make of it.</summary>
internal sealed class PostgreSqlSettings
{
    private const int Readers = 20;
    private const int Writers = 10;

    // Every statement is meant to go by an index to a few rows. The planner's figures lag behind a table that grows, and
    // a plan it kept from when the table was empty would read all of it. With that one plan is as good as another, and
    // none needs to be made for the values of each call.
    private const string Planning =
        "-c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off -c plan_cache_mode=force_generic_plan";

    private readonly NpgsqlConnectionStringBuilder given;

    public PostgreSqlSettings(string connectionString) => given = new NpgsqlConnectionStringBuilder(connectionString);

    public static bool IsUsable(string connectionString)
    {
        try
        {
            return !string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(connectionString).Host);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Where it is, for people: without user and password.</summary>
    public string Place => $"{given.Host}:{given.Port}, database {given.Database ?? given.Username}";

    /// <summary>Statements without a transaction around them see one moment for each batch.</summary>
    public string ForReading => With(
        given.ContainsKey("Maximum Pool Size") ? given.MaxPoolSize : Readers,
        $"{Planning} -c default_transaction_isolation=repeatable\\ read -c default_transaction_read_only=on");

    /// <summary>
    /// A node that freezes in the middle of a transaction holds its rooms' locks for 2 s at most. Whoever waits for a lock
    /// waits longer than that.
    /// </summary>
    public string ForWriting => With(
        Writers,
        $"{Planning} -c default_transaction_isolation=read\\ committed -c idle_in_transaction_session_timeout=2000 -c lock_timeout=3000");

    /// <summary>Without a pool and without limits of time: for migrations.</summary>
    public string ForSetup => new NpgsqlConnectionStringBuilder(given.ConnectionString)
    {
        Pooling = false,
        CommandTimeout = 0,
        PersistSecurityInfo = true,
    }.ConnectionString;

    private string With(int pool, string options)
    {
        var settings = new NpgsqlConnectionStringBuilder(given.ConnectionString)
        {
            MaxPoolSize = pool,
            MinPoolSize = Math.Min(given.MinPoolSize, pool),
            Options = $"{given.Options} {options}".Trim(),
            // Most statements are one of some fifty.
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            // Nothing is set on a connection that would have to be taken back.
            NoResetOnClose = true,
        };
        if (!given.ContainsKey("Timeout")) settings.Timeout = 5;
        if (!given.ContainsKey("Command Timeout")) settings.CommandTimeout = 5;
        if (!given.ContainsKey("Application Name")) settings.ApplicationName = "chat";
        // Of several hosts the one that can be written.
        if (given.Host!.Contains(',') && !given.ContainsKey("Target Session Attributes")) settings.TargetSessionAttributes = "primary";
        return settings.ConnectionString;
    }
}
