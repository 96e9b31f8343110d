using Chat.Client;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Chat.Bench.Costs;

/// <summary>What it costs to send a message that nobody but its sender hears: call, rules, commit, acknowledgement; and its place on disk.</summary>
internal static class MessageCosts
{
    private const int Speakers = 64;

    public static async Task MeasureAsync(CostsPlan plan, Figures figures, string folder, CancellationToken cancellation)
    {
        await using (var scene = new Scene(Directory.CreateDirectory(Path.Combine(folder, "sqlite")).FullName))
        {
            await scene.StartNodesAsync(1, cancellation);
            await MeasureAsync(plan, figures, scene, "SQLite", cancellation);
            var file = scene.Nodes[0].StoreFile;
            await scene.StopNodesAsync();
            figures.Add("disk, SQLite: for each message of 100 bytes, with indexes", "bytes", SqliteBytes(file));
        }
        await using (var scene = new Scene(Directory.CreateDirectory(Path.Combine(folder, "pg")).FullName))
        {
            await scene.StartPostgreSqlAsync(cancellation);
            await scene.StartNodesAsync(1, cancellation);
            await using var source = NpgsqlDataSource.Create(scene.ConnectionString!);
            var written = await WrittenAsync(source, cancellation);
            await MeasureAsync(plan, figures, scene, "PostgreSQL", cancellation);
            var messages = await NumberAsync(source, "select count(*) from messages", cancellation);
            figures.Add("disk, PostgreSQL: for each message of 100 bytes, with indexes", "bytes", await NumberAsync(source, "select pg_total_relation_size('messages')", cancellation) / messages);
            figures.Add("write-ahead log of PostgreSQL, full page images included", "bytes a message", (await WrittenAsync(source, cancellation) - written) / messages);
        }
        await using (var scene = new Scene(Directory.CreateDirectory(Path.Combine(folder, "nodes")).FullName))
        {
            await scene.StartPostgreSqlAsync(cancellation);
            await scene.StartRedisAsync(cancellation);
            await scene.StartNodesAsync(2, cancellation);
            await MeasureAsync(plan, figures, scene, "PostgreSQL and Redis, 2 nodes", cancellation);
        }
    }

    private static async Task MeasureAsync(CostsPlan plan, Figures figures, Scene scene, string name, CancellationToken cancellation)
    {
        await using var crowd = new Crowd(scene);
        var rooms = Enumerable.Range(0, Speakers).Select(_ => Guid.NewGuid()).ToArray();
        await crowd.GatherAsync(Speakers, person => [rooms[person]], cancellation);
        await crowd.ConnectAsync(0, Speakers, ChatProtocol.Json, [.. scene.Nodes.Select(node => node.Address)], cancellation);
        var speakers = crowd.Connected.Zip(rooms).ToList();
        await Talk.AloneAsync(speakers, plan.Warm, cancellation);
        foreach (var count in (int[])[Speakers, 1])
        {
            var found = new List<(double Node, double Store, double Redis, double Rate)>();
            for (var round = 0; round < plan.Rounds; round++) found.Add(await RoundAsync(plan, scene, speakers[..count], cancellation));
            var what = $"message, {name}, {count} under way";
            figures.Add($"{what}: processor time of the nodes", "µs", [.. found.Select(one => one.Node)]);
            if (scene.PostgreSql is not null) figures.Add($"{what}: processor time of PostgreSQL", "µs", [.. found.Select(one => one.Store)]);
            if (scene.Redis is not null) figures.Add($"{what}: processor time of Redis", "µs", [.. found.Select(one => one.Redis)]);
            figures.Add($"{what}: seen here", "a second", [.. found.Select(one => one.Rate)]);
        }
    }

    private static async Task<(double Node, double Store, double Redis, double Rate)> RoundAsync(
        CostsPlan plan, Scene scene, IReadOnlyList<(RawConnection, Guid)> speakers, CancellationToken cancellation)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var (node, store, redis) = (scene.NodeMicroseconds, Time(scene.PostgreSql?.Id), Time(scene.Redis?.Id));
        double messages = await Talk.AloneAsync(speakers, plan.Round, cancellation);
        return (
            (scene.NodeMicroseconds - node) / messages, (Time(scene.PostgreSql?.Id) - store) / messages,
            (Time(scene.Redis?.Id) - redis) / messages, messages / clock.Elapsed.TotalSeconds);
    }

    private static double Time(int? processId) => processId is { } id ? Usage.Microseconds(id) : 0;

    private static double SqliteBytes(string file)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma wal_checkpoint(truncate); select count(*) from messages";
        using var rows = command.ExecuteReader();
        rows.NextResult();
        rows.Read();
        return new FileInfo(file).Length / (double)rows.GetInt64(0);
    }

    private static Task<double> WrittenAsync(NpgsqlDataSource source, CancellationToken cancellation) =>
        NumberAsync(source, "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint", cancellation);

    private static async Task<double> NumberAsync(NpgsqlDataSource source, string sql, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
