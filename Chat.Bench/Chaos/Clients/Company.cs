using Chat.Bench.Checking;

namespace Chat.Bench.Chaos.Clients;

/// <summary>All who chat in a run: .NET clients through the common door and some at a node each, clients in JavaScript, and perhaps the twins.</summary>
internal sealed class Company(IReadOnlyList<NetClient> net, IReadOnlyList<NetClient> pinned, JavaScriptClients script, Twins? twins, IReadOnlyList<Guid> rooms, Pace pace, Random random)
    : IAsyncDisposable
{
    private readonly List<Acknowledged> acknowledged = [];
    private readonly CancellationTokenSource living = new();
    private Task life = Task.CompletedTask;
    private NetClient? resting;

    /// <summary>One at each node, past nginx.</summary>
    public IReadOnlyList<NetClient> Pinned => pinned;

    /// <summary>All that was ever acknowledged.</summary>
    public IReadOnlyList<Acknowledged> Acknowledged => acknowledged;

    /// <summary>Pairs of the twins of which both were answered.</summary>
    public int Pairs => twins?.Answered ?? 0;

    /// <summary>The one who is offline on purpose.</summary>
    public Guid? Absent => resting?.UserId;

    /// <summary>The rooms beside the general one; people leave and join all but the first.</summary>
    public IReadOnlyList<Guid> Rooms => rooms;

    /// <summary>Begins to send and to wander, for the whole run.</summary>
    /// <param name="twinRooms">Two rooms that the twins do not leave.</param>
    public void Live(IReadOnlyList<Guid> twinRooms) =>
        life = Task.WhenAll([.. Everybody.Select(client => client.LiveAsync([.. rooms.Skip(1)], living.Token)), twins?.LiveAsync(twinRooms, living.Token) ?? Task.CompletedTask]);

    public async Task ResumeAsync(CancellationToken cancellation)
    {
        pace.Resume();
        await script.ResumeAsync(cancellation);
    }

    /// <summary>Nobody begins anything more; what was begun goes on.</summary>
    public async Task PauseAsync(CancellationToken cancellation)
    {
        pace.Pause();
        await script.PauseAsync(cancellation);
    }

    /// <summary>Makes every text so much longer.</summary>
    public async Task PadAsync(int padding, CancellationToken cancellation)
    {
        pace.Padding = padding;
        await script.PadAsync(padding, cancellation);
    }

    /// <summary>Somebody else goes offline, and the last one comes back.</summary>
    public async Task RotateAsync(CancellationToken cancellation)
    {
        if (resting is not null) await resting.WakeAsync(cancellation);
        resting = net[random.Next(net.Count)];
        await resting.RestAsync(cancellation);
    }

    /// <summary>Of all who are to be connected.</summary>
    public async Task<IReadOnlyList<ClientStatus>> StatusAsync(CancellationToken cancellation) =>
        [.. Everybody.Where(client => client.IsAwake).Select(client => client.Status), .. await script.StatusAsync(cancellation), .. twins is null ? [] : new[] { twins.Status }];

    public async Task<IReadOnlyList<ClientReport>> ReportAsync(CancellationToken cancellation)
    {
        var scripted = script.ReportAsync(cancellation);
        var reports = await Task.WhenAll(Everybody.Where(client => client.IsAwake).Select(client => client.ReportAsync(cancellation)));
        return [.. reports, .. await scripted];
    }

    /// <summary>The users who are to be seen online.</summary>
    public IEnumerable<Guid> Present(IEnumerable<ClientReport> reports) => [.. reports.Select(report => report.UserId), .. twins is null ? [] : new[] { twins.UserId }];

    public async Task<ClientNews> TakeNewsAsync(CancellationToken cancellation)
    {
        var news = ClientNews.Of([.. Everybody.Select(client => client.TakeNews()), .. await script.TakeNewsAsync(cancellation), twins?.TakeNews() ?? new ClientNews()]);
        acknowledged.AddRange(news.Acknowledged);
        return news;
    }

    /// <summary>What was checked is let go.</summary>
    public async Task TrimAsync(CancellationToken cancellation)
    {
        foreach (var client in Everybody) client.Trim();
        await script.TrimAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await living.CancelAsync();
        await life;
        await Task.WhenAll(Everybody.Select(client => client.DisposeAsync().AsTask()));
        if (twins is not null) await twins.DisposeAsync();
        await script.DisposeAsync();
        living.Dispose();
    }

    private IEnumerable<NetClient> Everybody => net.Concat(pinned);
}
