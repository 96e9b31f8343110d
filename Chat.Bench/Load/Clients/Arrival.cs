namespace Chat.Bench.Load.Clients;

/// <summary>Some clients that come in, as many at a time as are allowed.</summary>
internal sealed class Arrival(Swarm swarm, IReadOnlyList<Seat> seats, int atOnce)
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<SwarmClient> clients = [];
    private readonly HashSet<SwarmClient> coming = [];

    public Task Done => done.Task;

    /// <summary>In the order of their seats.</summary>
    public IReadOnlyList<SwarmClient> Clients => clients;

    public void GoOn()
    {
        while (coming.Count < atOnce && clients.Count < seats.Count)
        {
            var client = swarm.Add(seats[clients.Count]);
            clients.Add(client);
            coming.Add(client);
        }
        if (coming.Count is 0) done.TrySetResult();
    }

    public void Arrived(SwarmClient client)
    {
        if (coming.Remove(client)) GoOn();
    }
}
