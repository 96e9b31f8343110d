using Chat.Hub.Storage.PostgreSql;

namespace Chat.Bench.Costs;

/// <summary>What it costs to ask PostgreSQL what other nodes did: Chat's own statements, with Chat's own connections.</summary>
internal static class PollCosts
{
    private const int Rooms = 10_000;
    private const int Polls = 300;

    public static async Task MeasureAsync(CostsPlan plan, Figures figures, string folder, CancellationToken cancellation)
    {
        await using var scene = new Scene(folder);
        await scene.StartPostgreSqlAsync(cancellation);
        using var sessions = new PostgreSqlSessions(scene.ConnectionString!, TimeProvider.System);
        await new PostgreSqlStore(sessions).Open(null, cancellation);
        await FillAsync(scene, cancellation);
        var news = new PostgreSqlNews(sessions);
        foreach (var changed in (int[])[0, 500, 5_000])
        {
            var mark = (await news.Read(null, cancellation)).Mark;
            await scene.PostgreSql!.RunAsync($"update rooms set head = head + 1, changed = pg_current_xact_id() where id in (select id from rooms limit {changed})", "chat");
            List<double> there = [], here = [];
            for (var round = 0; round < plan.Rounds; round++)
            {
                var (postgres, own) = (Usage.Microseconds(scene.PostgreSql.Id), Environment.CpuUsage.TotalTime);
                for (var i = 0; i < Polls; i++) await news.Read(mark, cancellation);
                there.Add((Usage.Microseconds(scene.PostgreSql.Id) - postgres) / Polls);
                here.Add((Environment.CpuUsage.TotalTime - own).TotalMicroseconds / Polls);
            }
            figures.Add($"poll of the store, {changed} of {Rooms} rooms changed: PostgreSQL", "µs a poll", there);
            figures.Add($"poll of the store, {changed} of {Rooms} rooms changed: the node", "µs a poll", here);
        }
    }

    private static Task FillAsync(Scene scene, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return scene.PostgreSql!.RunAsync($"""
            insert into rooms (id, kind, name, name_key, topic, created_at, version, head, seats)
            select gen_random_uuid(), 'public', 'room ' || i, 'room ' || i, '', now(), 1, 1, 0 from generate_series(1, {Rooms}) as i
            """, "chat");
    }
}
