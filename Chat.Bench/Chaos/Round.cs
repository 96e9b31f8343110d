using Chat.Bench.Chaos.Clients;

namespace Chat.Bench.Chaos;

/// <summary>One fault and what came of it.</summary>
internal sealed class Round(string fault, Company company)
{
    private readonly List<ClientNews> gathered = [];

    public string Fault => fault;

    /// <summary>All that happened to clients in it.</summary>
    public ClientNews News => ClientNews.Of(gathered);

    public Settlement Settlement { get; set; } = new();

    /// <summary>What happened since the last time.</summary>
    public async Task<ClientNews> GatherAsync(CancellationToken cancellation)
    {
        var news = await company.TakeNewsAsync(cancellation);
        gathered.Add(news);
        return news;
    }

    /// <summary>The delays since the last time.</summary>
    public async Task<Delays> DelaysAsync(CancellationToken cancellation) => Delays.Of((await GatherAsync(cancellation)).DelaysMs);

    /// <summary>Numbers are enough from now on.</summary>
    public void Close()
    {
        var news = News;
        Delays = Delays.Of(news.DelaysMs);
        gathered.Clear();
        gathered.Add(news with { DelaysMs = [], Acknowledged = [] });
    }

    public Delays Delays { get; private set; }
}
